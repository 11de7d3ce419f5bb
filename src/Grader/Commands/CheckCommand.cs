using Grader.Assignments;
using Grader.Launching;
using Grader.Reports;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary><c>grader check</c>: one folder, for the person who wrote what is in it.</summary>
internal static class CheckCommand
{
    /// <param name="screen">Where the report is shown.</param>
    /// <param name="words">An assignment, a folder, both in this order, or neither: the folder where the command runs.</param>
    /// <param name="only">The ids of the checks to run; empty for all.</param>
    /// <param name="verbose">Whether the transcripts are shown.</param>
    /// <param name="scripts">The folder that scripts are written to; null for none.</param>
    /// <param name="run">Reports, least score and limit.</param>
    /// <param name="cancellationToken">Interrupts the grading.</param>
    /// <exception cref="UsageException">An assignment, check or folder does not exist.</exception>
    public static async Task<int> RunAsync(
        Screen screen,
        IReadOnlyList<string> words,
        IReadOnlyList<string> only,
        bool verbose,
        string? scripts,
        RunOptions run,
        CancellationToken cancellationToken
    )
    {
        var (assignment, folder) = Read(words);
        var selected = only.Count == 0 ? null : only.Select(id => FindCheck(assignment, id)).ToHashSet();
        run.Prepare(screen);
        WriteScripts(scripts, new Dictionary<string, string>());
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var graded = await screen.WithStatusAsync(
            "Building and starting",
            status =>
                new SubmissionGrader(new GradingOptions(), TimeProvider.System) { Limit = run.Limit }.GradeAsync(
                    assignment,
                    new Submission(Path.GetFileName(full), full),
                    selected,
                    check => status($"{Marks.Of(check.Outcome)} {check.Title}"),
                    cancellationToken
                )
        );
        screen.Lines(TextReport.Render(graded.Report));
        foreach (var line in Advise(graded.Report, assignment, full, scripts))
        {
            screen.Line();
            screen.Line(line);
        }

        if (verbose)
        {
            ShowTranscripts(screen, graded);
        }

        WriteScripts(scripts, ReproductionScript.RenderAll(assignment, graded.Failed));

        return run.Conclude(screen, new Results(Course: null, [graded]), report => report.MaxScore, _ => full);
    }

    // Without any at first, to find out before anything runs whether there is such a folder.
    private static void WriteScripts(string? folder, IReadOnlyDictionary<string, string> scripts)
    {
        try
        {
            if (folder is not null)
            {
                Directory.CreateDirectory(folder);
                ReportFolder.WriteScripts(folder, scripts);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"--reproduce {folder}: {e.Message}", "name a folder that can be written to");
        }
    }

    // What to do next stands at the end, where a long report leaves the eye.
    private static IEnumerable<string> Advise(Report report, Assignment assignment, string folder, string? scripts)
    {
        if (AssignmentFinder.Fitting(folder) is [var other] && other != assignment)
        {
            yield return $"The file names look like {other.Id}: grader check {other.Id}";
        }

        if (report.Checks.FirstOrDefault(check => check.Outcome == Outcome.Failed) is { } failed)
        {
            yield return $"{ScoreLine.Of(report)}. How a check goes: grader explain {failed.Id} {assignment.Id}."
                + (scripts is null ? " Scripts that show failures again: --reproduce FOLDER" : "");
        }
    }

    private static (Assignment, string Folder) Read(IReadOnlyList<string> words)
    {
        if (words.FirstOrDefault(word => word.StartsWith('-')) is { } option)
        {
            throw new UsageException($"option {option} is unknown", "see grader check --help");
        }

        var isNamed =
            words.Count == 2 || (words.Count == 1 && Catalogue.All.Any(assignment => assignment.Id == words[0]));
        var folder = words.Skip(isNamed ? 1 : 0).FirstOrDefault(".");
        if (!isNamed && !Path.Exists(folder) && !folder.Contains('/', StringComparison.Ordinal))
        {
            // Neither a folder nor a path: more likely a misspelt assignment.
            AssignmentFinder.ByName(folder);
        }

        RequireFolder(folder);
        return (isNamed ? AssignmentFinder.ByName(words[0]) : AssignmentFinder.ByFiles(folder), folder);
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

    private static string FindCheck(Assignment assignment, string id) =>
        assignment.Checks.FirstOrDefault(check => check.Id == id)?.Id
        ?? throw new UsageException(
            $"--only {id}: {assignment.Id} has no such check",
            Suggestion.Remedy(id, assignment.Checks.Select(check => check.Id))
        );

    private static void ShowTranscripts(Screen screen, Graded graded)
    {
        foreach (var (check, lines) in graded.Transcripts.Where(transcript => transcript.Value.Count > 0))
        {
            screen.Line();
            screen.Line($"transcript of {check}");
            foreach (var line in lines)
            {
                screen.Line($"{line}");
            }
        }
    }
}
