using Grader.Checks;
using Grader.Fuzzing;
using Grader.Reports;
using Grader.Sandboxing;
using Grader.Transcripts;

namespace Grader.Commands;

/// <summary><c>grader fuzz</c>: random conversations with the server in one folder, until one goes wrong.</summary>
internal static class FuzzCommand
{
    // Short enough to be typed.
    private const int MostSeed = 1_000_000;

    /// <param name="screen">Where the result is shown.</param>
    /// <param name="target">What is tried.</param>
    /// <param name="seed">Of the first conversation; null for one by chance.</param>
    /// <param name="runs">How many conversations at most.</param>
    /// <param name="scripts">Where a script is written to that shows the failure again.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <exception cref="UsageException">The folder for scripts cannot be written to.</exception>
    public static async Task<int> RunAsync(
        Screen screen,
        Target target,
        ulong? seed,
        int runs,
        ScriptFolder scripts,
        CancellationToken cancellationToken
    )
    {
        if (target.Assignment.Conversations is null)
        {
            throw new UsageException(
                $"{target.Assignment.Id}: no random conversations are known of a {target.Assignment.Subject}",
                $"have them with a server: grader fuzz {target.Assignment.Homework}"
            );
        }

        scripts.Prepare();
        var options = new GradingOptions();
        SandboxGate.Tell(screen, await Sandboxes.FindAsync(options.Sandbox));
        var first = seed ?? (ulong)Random.Shared.Next(1, MostSeed);
        var (assignment, submission) = target;
        var reached = "";
        try
        {
            var fuzzed = await screen.WithStatusAsync(
                "Building and starting",
                status =>
                    new Fuzzer(options, TimeProvider.System).RunAsync(
                        assignment,
                        submission,
                        first,
                        runs,
                        text =>
                        {
                            reached = text;
                            status(text);
                        },
                        cancellationToken
                    )
            );
            screen.Lines(FuzzReport.Render(assignment, submission.Student, first, fuzzed));
            return fuzzed.Found is { } found ? Conclude(screen, assignment, found, scripts) : ExitCode.Fine;
        }
        catch (OperationCanceledException)
        {
            screen.Line(
                $"From seed {first}: {(reached.Length > 0 ? reached : "none began")}. None before it went wrong."
            );
            throw;
        }
        catch (CheckFailedException e)
        {
            screen.Lines(FuzzReport.RenderStart(assignment, submission.Student, e.Failure));
            return ExitCode.Failed;
        }
    }

    private static int Conclude(Screen screen, Assignment assignment, Counterexample found, ScriptFolder scripts)
    {
        screen.Line();
        var clients = found.Failed.Transcript.Count(line => line.Deed == Deed.Connects);
        if (
            clients > ReproductionScript.MostClients
            || ReproductionScript.Render(assignment, found.Failed, found.Report.Title) is not { } script
        )
        {
            screen.Line("No script can show it: it has too many clients, or nothing that a client sees.");
            return ExitCode.Failed;
        }

        scripts.Write(new Dictionary<string, string> { [found.Report.Id] = script });
        var shows = found.Recurrence == Recurrence.ByChance ? "may show" : "shows";
        var where = scripts.Path is { } folder ? $"{Path.Combine(folder, found.Report.Id)}.py" : "--reproduce FOLDER";
        screen.Line($"A script that {shows} it again: {where}");
        return ExitCode.Failed;
    }
}
