using Grader.Checks;
using Grader.Intake;
using Grader.Scoring;

namespace Grader.Tests.Support;

/// <summary>An assignment of a few checks, for tests of what runs them.</summary>
internal static class TinySuite
{
    public static readonly Check Starts = Check(
        "starts",
        bench => bench.ExpectAliveAsync("a server that waits for clients")
    );

    /// <summary>Passes when five bytes come back.</summary>
    public static readonly Check Echoes = Check("echoes", bench => bench.AskAsync(new Reflection("hello"u8.ToArray())));

    public static Check Check(string id, Func<Bench, Task> run) =>
        new()
        {
            Id = id,
            Name = $"passes {id}",
            Points = 10,
            OnTheWire = $"What {id} does.",
            Teaches = $"What {id} teaches.",
            Hint = $"What {id} hints at.",
            Run = run,
        };

    public static Assignment Of(params Check[] checks) =>
        new()
        {
            Id = "tiny",
            Title = "Tiny",
            Stems = ["echo_server"],
            Exchange = bench => new Reflection(bench.Text(8)),
            Lessons = [new Lesson { Title = "Only lesson", Checks = checks }],
        };

    public static Task<Graded> GradeAsync(
        string folder,
        Assignment assignment,
        GradingOptions? options = null,
        IReadOnlySet<string>? only = null,
        CancellationToken? cancellationToken = null
    )
    {
        Machine.RequirePython();
        return new SubmissionGrader(options ?? new GradingOptions(), TimeProvider.System).GradeAsync(
            assignment,
            new FolderSubmission("student-01", folder),
            only,
            begins: null,
            cancellationToken ?? Deadline.Token()
        );
    }
}
