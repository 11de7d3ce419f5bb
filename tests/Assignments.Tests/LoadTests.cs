using System.Collections.Concurrent;
using System.Globalization;
using Grader.Reports;

namespace Grader.Assignments.Tests;

/// <summary>A verdict does not depend on what else the machine does.</summary>
[Category("Load")]
[NonParallelizable]
internal sealed class LoadTests
{
    private const string Times = "GRADER_LOAD_TIMES";
    private const int AtOnce = 8;

    // Looks at the kernel's tables block a thread for a moment each; the grader itself asks for as many.
    [OneTimeSetUp]
    public static void AllowThreads() => ThreadPool.SetMinThreads(32, 32);

    [Test]
    public async Task Every_report_is_the_same_on_a_busy_machine()
    {
        List<ZooServer> servers = [.. Zoo.Right, .. Zoo.Wrong];
        var quiet = new Dictionary<ZooServer, string>();
        foreach (var server in servers)
        {
            quiet[server] = JsonReport.Render(await Zoo.GradeOnceAsync(server));
        }

        using var busy = new BusyMachine();
        var different = new ConcurrentQueue<string>();
        for (var run = 1; run <= HowOften(); run++)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            await Parallel.ForEachAsync(
                servers,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
                async (server, _) =>
                {
                    var report = JsonReport.Render(await Zoo.GradeAsync(server));
                    if (report != quiet[server])
                    {
                        different.Enqueue($"run {run}: {server}\n{Differences(quiet[server], report)}");
                    }
                }
            );
            await TestContext.Progress.WriteLineAsync(
                $"busy run {run}: {servers.Count} submissions in {watch.Elapsed.TotalSeconds:0} s, {different.Count} differences so far"
            );
        }

        Assert.That(different, Is.Empty, string.Join("\n", different));
    }

    private static int HowOften() =>
        int.TryParse(Environment.GetEnvironmentVariable(Times), CultureInfo.InvariantCulture, out var times)
            ? times
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
