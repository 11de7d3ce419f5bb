using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Grader.Batch;
using Grader.Intake;
using Grader.Reports;
using Grader.Scoring;

namespace Grader.Assignments.Tests;

/// <summary>A verdict does not depend on what else the machine does.</summary>
[Category("Load")]
[NonParallelizable]
internal sealed class LoadTests
{
    private const string Times = "GRADER_LOAD_TIMES";
    private const string Every = "GRADER_LOAD_EVERY";
    private const int AtOnce = 8;

    // Looks at the kernel's tables block a thread for a moment each; the grader itself asks for as many.
    [OneTimeSetUp]
    public static void AllowThreads() => ThreadPool.SetMinThreads(32, 32);

    [Test]
    public async Task Every_report_is_the_same_on_a_busy_machine()
    {
        // Of so many servers one, another each day.
        var every = Read(Every);
        var today = DateTime.UtcNow.DayOfYear % every;
        List<ZooServer> servers =
        [
            .. Zoo.Wrong.Concat(Zoo.Right).Where(server => !server.IsHasty).Where((_, index) => index % every == today),
        ];
        var watch = Stopwatch.StartNew();
        var quiet = new ConcurrentDictionary<ZooServer, string>();
        await GradeAsync(servers, atWork: 1, (server, report) => quiet[server] = Tell(server, report));
        await TestContext.Progress.WriteLineAsync(
            $"quiet, one at work at a time: {servers.Count} submissions in {watch.Elapsed.TotalSeconds:0} s"
        );

        using var busy = new BusyMachine();
        var different = new ConcurrentQueue<string>();
        for (var run = 1; run <= Read(Times); run++)
        {
            watch.Restart();
            await GradeAsync(
                servers,
                AtOnce,
                (server, report) =>
                {
                    if (Tell(server, report) is var busily && busily != quiet[server])
                    {
                        var difference = $"run {run}: {server}\n{Differences(quiet[server], busily)}";
                        different.Enqueue(difference);
                        TestContext.Progress.WriteLine(difference);
                    }
                }
            );
            await TestContext.Progress.WriteLineAsync(
                $"busy run {run}: {servers.Count} submissions in {watch.Elapsed.TotalSeconds:0} s, {different.Count} differences so far"
            );
        }

        Assert.That(different, Is.Empty, string.Join("\n", different));
    }

    [Test]
    public async Task A_submission_whose_checks_all_hang_ends_within_a_minute()
    {
        var echo = Catalogue.All.Single(assignment => assignment.Id == "echo");
        var folder = Path.Combine(Repository.Root, "tests", "Fixtures", "never-answers");
        var limits = new Limits();

        var graded = await new SubmissionGrader(new GradingOptions { Limits = limits }, TimeProvider.System).GradeAsync(
            echo,
            new FolderSubmission("hangs", folder),
            only: null,
            begins: null,
            CancellationToken.None
        );

        var hung = graded
            .Report.Checks.Where(check =>
                check.Server?.StartsWith("is running and waits", StringComparison.Ordinal) == true
            )
            .ToList();
        Assert.That(hung, Has.Count.GreaterThan(15));
        Assert.That(graded.Timings["ended"], Is.LessThan(60));
        // The first five were run twice; in the middle of the others stands one that only hung.
        var seconds = hung.Skip(5).Select(check => graded.Timings[check.Id]).Order().ToList();
        Assert.That(seconds[seconds.Count / 2], Is.LessThan(limits.Stall.TotalSeconds + 0.5));
    }

    // As in a batch, who only waits for a server that sleeps keeps nobody out.
    private static async Task GradeAsync(List<ZooServer> servers, int atWork, Action<ZooServer, Report> done)
    {
        var admission = new Admission(atWork);
        await Parallel.ForEachAsync(
            servers,
            new ParallelOptions { MaxDegreeOfParallelism = BatchRunner.MostInside * atWork },
            async (server, _) => done(server, await Zoo.GradeAsync(server, admission))
        );
    }

    // Of a server with a clock of its own what must be the same: which checks failed, and why.
    private static string Tell(ZooServer server, Report report) =>
        JsonReport.Render(
            server.GoesByAClock
                ? report with
                {
                    Checks =
                    [
                        .. report.Checks.Select(check =>
                            check with
                            {
                                Expected = null,
                                Actual = null,
                                Caret = null,
                                Transcript = [],
                                Server = null,
                                Output = [],
                                Hint = null,
                                OnlyAfter = null,
                                Runs = null,
                            }
                        ),
                    ],
                    Causes = [.. report.Causes.Select(cause => cause with { Happened = "" })],
                }
                : report
        );

    // 1 when it is not set.
    private static int Read(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number)
            ? number
            : 1;

    private static string Differences(string quiet, string busy)
    {
        string[] before = quiet.Split('\n');
        string[] after = busy.Split('\n');
        return string.Join(
            '\n',
            before
                .Except(after)
                .Select(line => $"  quiet {line}")
                .Concat(after.Except(before).Select(line => $"  busy  {line}"))
        );
    }
}
