using Grader.Checks;
using Grader.Fuzzing;
using Grader.Reports;

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
    /// <param name="scripts">The folder that a script is written to; null for none.</param>
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
        scripts.Prepare();
        var first = seed ?? (ulong)Random.Shared.Next(1, MostSeed);
        var (assignment, submission) = target;
        try
        {
            var fuzzed = await screen.WithStatusAsync(
                "Building and starting",
                status =>
                    new Fuzzer(new GradingOptions(), TimeProvider.System).RunAsync(
                        assignment,
                        submission,
                        first,
                        runs,
                        status,
                        cancellationToken
                    )
            );
            screen.Lines(FuzzReport.Render(assignment, submission.Student, first, fuzzed));
            return fuzzed.Found is { } found ? Conclude(screen, assignment, found, scripts) : ExitCode.Fine;
        }
        catch (CheckFailedException e)
        {
            screen.Lines(FuzzReport.RenderStart(assignment, submission.Student, e.Failure));
            return ExitCode.Failed;
        }
    }

    private static int Conclude(Screen screen, Assignment assignment, Counterexample found, ScriptFolder scripts)
    {
        if (ReproductionScript.Render(assignment, found.Failed, found.Report.Title) is { } script)
        {
            scripts.Write(new Dictionary<string, string> { [found.Report.Id] = script });
            screen.Line();
            screen.Line(
                scripts.Path is { } folder
                    ? $"A script that shows it again: {Path.Combine(folder, found.Report.Id)}.py"
                    : "A script that shows it again: --reproduce FOLDER"
            );
        }

        return ExitCode.Failed;
    }
}
