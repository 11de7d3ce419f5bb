using Grader.Assignments;
using Grader.Intake;

namespace Grader.Commands;

/// <summary>One folder, and the assignment that what is in it is for.</summary>
internal sealed record Target(Assignment Assignment, FolderSubmission Submission)
{
    /// <summary>Whether a word is an assignment or a folder, and no check.</summary>
    public static bool IsNamedBy(string word) =>
        AssignmentFinder.IsName(word)
        || (
            Directory.Exists(word)
            && !Catalogue.All.SelectMany(assignment => assignment.Checks).Any(check => check.Id == word)
        );

    /// <param name="command">The command that they were typed behind.</param>
    /// <param name="words">An assignment, a folder, both in this order, or neither: the folder where the command runs.</param>
    /// <exception cref="UsageException">An assignment or folder does not exist.</exception>
    public static Target Read(string command, IReadOnlyList<string> words)
    {
        if (words.FirstOrDefault(word => word.StartsWith('-')) is { } option)
        {
            throw new UsageException($"option {option} is unknown", $"see grader {command} --help");
        }

        if (words.Count > 2)
        {
            throw new UsageException($"{words[2]}: one folder is enough", $"see grader {command} --help");
        }

        var isNamed = words.Count == 2 || (words.Count == 1 && AssignmentFinder.IsName(words[0]));
        var folder = words.Skip(isNamed ? 1 : 0).FirstOrDefault(".");
        if (!isNamed && !Path.Exists(folder) && !folder.Contains('/', StringComparison.Ordinal))
        {
            // Neither a folder nor a path: more likely a misspelt assignment.
            AssignmentFinder.ByName(folder);
        }

        RequireFolder(folder);
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return new Target(
            isNamed ? AssignmentFinder.ByName(words[0]) : AssignmentFinder.ByFiles(folder, command),
            new FolderSubmission(Path.GetFileName(full), full)
        );
    }

    private static void RequireFolder(string folder)
    {
        if (File.Exists(folder))
        {
            throw new UsageException($"{folder}: that is a file", "name the folder that it is in");
        }

        if (!Directory.Exists(folder))
        {
            throw new UsageException($"{folder}: no such folder", "name the one that holds your server");
        }
    }
}
