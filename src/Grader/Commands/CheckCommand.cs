using Grader.Assignments;
using Grader.Launching;
using Grader.Reports;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary><c>grader check</c>: one folder, for the person who wrote what is in it.</summary>
internal static class CheckCommand
{
    /// <exception cref="UsageException">An assignment, check or folder does not exist.</exception>
    public static async Task<int> RunAsync(
        Screen screen,
        string assignmentId,
        string folder,
        IReadOnlyList<string> only,
        bool verbose,
        CancellationToken cancellationToken
    )
    {
        var assignment = FindAssignment(assignmentId);
        if (File.Exists(folder))
        {
            throw new UsageException($"{folder}: that is a file", "name the folder that it is in");
        }

        if (!Directory.Exists(folder))
        {
            throw new UsageException($"{folder}: no such folder", "name the one that holds your server");
        }

        var selected = only.Count == 0 ? null : only.Select(id => FindCheck(assignment, id)).ToHashSet();
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var graded = await screen.WithStatusAsync(
            "Building and starting",
            status =>
                new SubmissionGrader(new GradingOptions(), TimeProvider.System).GradeAsync(
                    assignment,
                    new Submission(Path.GetFileName(full), full),
                    selected,
                    check => status($"{Marks.Of(check.Outcome)} {check.Title}"),
                    cancellationToken
                )
        );
        screen.Lines(TextReport.Render(graded.Report));
        if (verbose)
        {
            ShowTranscripts(screen, graded);
        }

        return graded.Report.Outcome == Grade.Error ? ExitCode.Error
            : graded.Report.Score < graded.Report.MaxScore ? ExitCode.Failed
            : ExitCode.Fine;
    }

    public static Assignment FindAssignment(string id) =>
        Catalogue.All.FirstOrDefault(assignment => assignment.Id == id)
        ?? throw new UsageException(
            $"assignment \"{id}\" is unknown",
            Suggestion.Remedy(id, Catalogue.All.Select(assignment => assignment.Id))
        );

    private static string FindCheck(Assignment assignment, string id) =>
        assignment.Checks.FirstOrDefault(check => check.Id == id)?.Id
        ?? throw new UsageException(
            $"--only {id}: {assignment.Id} has no such check",
            Suggestion.Remedy(id, assignment.Checks.Select(check => check.Id))
        );

    private static void ShowTranscripts(Screen screen, Graded graded)
    {
        foreach (var (check, lines) in graded.Transcripts)
        {
            screen.Line();
            screen.Line($"transcript of {check}");
            foreach (var line in lines)
            {
                screen.Line(line);
            }
        }
    }
}
