using Grader.Assignments;
using Grader.Intake;

namespace Grader.Commands;

/// <summary>The programs of ours that travel with the program: right ones, and for each language a wrong one.</summary>
internal static class References
{
    /// <summary>The check that the wrong servers fail, and those before it that they pass.</summary>
    public const string WrongFails = "several-messages";

    /// <summary>The model answers, graded as a course wants it.</summary>
    public static ModelAnswers Read(GradingOptions options) =>
        new(Path.Combine(AppContext.BaseDirectory, "reference"), Catalogue.All, options, TimeProvider.System);

    /// <summary>The wrong server in the language of a model answer.</summary>
    public static FolderSubmission FindWrong(ModelAnswer answer) =>
        new("wrong", Path.Combine(AppContext.BaseDirectory, "SelfTest", Path.GetFileName(answer.Folder)));
}
