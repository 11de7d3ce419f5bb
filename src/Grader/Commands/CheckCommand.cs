using System.Net.Sockets;
using Grader.Assignments;
using Grader.Hosting;
using Grader.Reports;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary><c>grader check</c>: one folder, for the person who wrote what is in it.</summary>
internal static class CheckCommand
{
    /// <param name="screen">Where the report is shown.</param>
    /// <param name="target">What is checked.</param>
    /// <param name="only">The ids of the checks to run; empty for all.</param>
    /// <param name="verbose">Whether the transcripts are shown.</param>
    /// <param name="scripts">Where scripts are written to that show failures again.</param>
    /// <param name="pcap">The file that packets are written to; null for none.</param>
    /// <param name="run">Reports, least score and limit.</param>
    /// <param name="cancellationToken">Interrupts the grading.</param>
    /// <exception cref="UsageException">A check does not exist.</exception>
    public static async Task<int> RunAsync(
        Screen screen,
        Target target,
        IReadOnlyList<string> only,
        bool verbose,
        ScriptFolder scripts,
        string? pcap,
        RunOptions run,
        CancellationToken cancellationToken
    )
    {
        var (assignment, submission) = target;
        var selected = only.Count == 0 ? null : only.Select(id => FindCheck(assignment, id)).ToHashSet();
        run.Prepare(screen);
        scripts.Prepare();
        using var packets = pcap is null ? null : await OpenPacketsAsync(pcap);
        var graded = await screen.WithStatusAsync(
            "Building and starting",
            status =>
                new SubmissionGrader(new GradingOptions(), TimeProvider.System)
                {
                    Limit = run.Limit,
                    Packets = packets,
                }.GradeAsync(
                    assignment,
                    submission,
                    selected,
                    check => status($"The {assignment.Subject} {check.Name}"),
                    cancellationToken
                )
        );
        screen.Lines(TextReport.Render(graded.Report, Shown(target)));
        foreach (var line in Advise(graded.Report, target, scripts))
        {
            screen.Line();
            screen.Line(line);
        }

        if (verbose)
        {
            ShowTranscripts(screen, graded);
        }

        var code = run.Conclude(
            screen,
            new Results(Course: null, [graded]),
            report => report.MaxScore,
            _ => submission.Folder
        );
        scripts.Write(ReproductionScript.RenderAll(assignment, graded.Failed));
        return ClosePackets(packets, pcap) ? code : ExitCode.Error;
    }

    private static bool ClosePackets(PacketFile? packets, string? path)
    {
        packets?.Dispose();
        if (packets is { Lost: > 0 and var lost })
        {
            Screen.Error($"--pcap {path}: {Text.Count(lost, "packet")} came too fast to be written");
        }

        if (packets is { Trouble: { } trouble })
        {
            Screen.Error($"--pcap {path}: not whole: {trouble}");
        }

        return packets?.Trouble is null;
    }

    private static async Task<PacketFile> OpenPacketsAsync(string path)
    {
        if (path.Length == 0)
        {
            throw new UsageException("--pcap: the name is empty", "name a file that can be written");
        }

        if (!Hosts.HasOwnNetworks)
        {
            throw new UsageException(
                $"--pcap {path}: servers have no network of their own here, {Hosts.Choice.Reason}",
                "see grader doctor"
            );
        }

        PacketFile? file = null;
        try
        {
            file = new PacketFile(path, TimeProvider.System);
            // Before anything runs it is found out whether packets can be captured.
            await using var host = await Hosts.OpenAsync();
            await host.CaptureAsync(file);
            return file;
        }
        catch (SocketException e)
        {
            file?.Dispose();
            throw new UsageException($"--pcap {path}: {e.Message.TrimEnd('.')}", "it needs the right CAP_NET_RAW");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--pcap {path}: {e.Message.TrimEnd('.')}", "name a file that can be written");
        }
    }

    // What to do next stands at the end, where a long report leaves the eye.
    private static IEnumerable<string> Advise(Report report, Target target, ScriptFolder scripts)
    {
        var (assignment, submission) = target;
        var fitting = AssignmentFinder.Fitting(submission.Folder);
        if (fitting.Count > 0 && fitting.TrueForAll(other => other.Homework != assignment.Homework))
        {
            yield return $"The file names look like {fitting[0].Id}: grader check {fitting[0].Id} {Shown(target)}";
        }

        if (report.Checks.FirstOrDefault(check => check.Outcome == Outcome.Failed) is { } failed)
        {
            yield return $"{ScoreLine.Of(report)}. How a check goes: grader explain {failed.Id} {assignment.Id}."
                + (
                    scripts.Path is null && assignment.Replay is not null
                        ? " Scripts that show failures again: --reproduce FOLDER"
                        : ""
                );
        }

        var others = Catalogue
            .All.Where(other => other != assignment && other.Homework == assignment.Homework)
            .Where(other => other.IsIn(submission.Folder))
            .Select(other => $"the {other.Subject} (grader check {other.Id} {Shown(target)})")
            .ToList();
        if (others.Count > 0)
        {
            yield return $"In the same folder: {string.Join(", ", others)}";
        }
    }

    // As it may be typed again.
    private static string Shown(Target target)
    {
        var path = Path.GetRelativePath(Environment.CurrentDirectory, target.Submission.Folder);
        return Typed.Word(path.StartsWith("..", StringComparison.Ordinal) ? target.Submission.Folder : path);
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
