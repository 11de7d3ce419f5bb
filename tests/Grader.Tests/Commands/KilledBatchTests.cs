using System.Diagnostics;
using Grader.Hosting;
using Grader.Launching;
using Grader.Reports;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

/// <summary>A batch that is killed at any instant loses nothing that was finished, and leaves nobody behind.</summary>
internal sealed class KilledBatchTests
{
    private const int Seed = 7;
    private const int SignalStop = 19;

    private static readonly string[] Students = ["right", "wrong", "missing"];

    private readonly TemporaryFolder _folder = new();

    [SetUp]
    public void MakeClass()
    {
        Machine.RequireOwnNetworks();
        Machine.RequirePython();
        _folder.Write(
            "grading.json",
            """{ "submissions": "class/{student}/{assignment}", "assignments": { "echo": {} }, "sandbox": "auto" }"""
        );
        _folder.Add(Repository.PythonReference, "class/right/echo");
        _folder.Add(Path.Combine(Repository.Root, "tests", "Zoo", "wrong", "echo", "says-echo"), "class/wrong/echo");
        _folder.MakeFolder("class/missing");
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase(8)]
    [TestCase(200, Category = "Load")]
    public async Task A_batch_that_was_killed_comes_to_the_same_end(int times)
    {
        var watch = Stopwatch.StartNew();
        await ExpectEndAsync();
        var length = watch.Elapsed;
        var whole = ReadReports();
        var random = new Random(Seed);
        for (var time = 1; time <= times; time++)
        {
            var after = random.NextDouble() * length;
            await KillAsync(after);

            foreach (var path in Directory.GetFiles(_folder["reports"], "report.json", SearchOption.AllDirectories))
            {
                Assert.That(JsonReport.Parse(await File.ReadAllTextAsync(path)), Is.Not.Null, $"{path}, {after}");
            }
        }

        await ExpectEndAsync();

        Assert.That(ReadReports(), Is.EqualTo(whole));
    }

    [Test]
    public async Task A_second_batch_on_the_same_reports_names_the_first()
    {
        var first = Wrap().ExecuteAsync();
        await Deadline.UntilAsync(() => File.Exists(_folder["reports/.writer"]), "it says who writes");

        var second = await ProgramRun.OfAsync(Wrap(), GraderProgram.Deadline());
        Native.Signal(first.ProcessId, Native.SignalKill);
        await first.Task;

        Assert.That((second.ExitCode, second.Stdout), Is.EqualTo((2, "")));
        Assert.That(
            second.Stderr,
            Does.Match(
                $"^grader: .*reports: another grader writes there \\(process {first.ProcessId}, since [-0-9]+ [0-9:]+\\); wait for its end, or name another folder under \"reports\"\\.\n$"
            )
        );
        await ExpectEndAsync();
    }

    private async Task ExpectEndAsync()
    {
        var run = await ProgramRun.OfAsync(Wrap(), GraderProgram.Deadline());

        Assert.That(run.ExitCode, Is.Zero, run.Stdout + run.Stderr);
    }

    private async Task KillAsync(TimeSpan after)
    {
        var batch = Wrap("--again").ExecuteAsync();
        await Task.Delay(after);
        // Nothing new begins while its descendants are counted.
        Native.Signal(batch.ProcessId, SignalStop);
        var programs = ProcessTree.FindDescendants(batch.ProcessId);
        Native.Signal(batch.ProcessId, Native.SignalKill);
        await batch.Task;

        await Deadline.UntilAsync(() => !programs.Exists(ProcessTable.Exists), "what ran for it ends");
    }

    private Command Wrap(params string[] options) =>
        GraderProgram.Wrap(_folder.Path, new Dictionary<string, string?>(), ["batch", .. options]);

    private Dictionary<string, string> ReadReports() =>
        Students.ToDictionary(
            student => student,
            student => File.ReadAllText(_folder[$"reports/{student}/echo/report.json"])
        );
}
