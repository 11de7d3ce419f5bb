using System.Diagnostics;
using System.Globalization;
using Grader.Hosting;
using Grader.Reports;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

/// <summary>A batch that is killed at any instant loses nothing that was finished, and leaves nobody behind.</summary>
internal sealed class KilledBatchTests
{
    private const int Seed = 7;
    private const int SignalStop = 19;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(20);

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

    [TestCase(20)]
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
        using var first = Start();
        await WaitAsync(() => File.Exists(_folder["reports/.writer"]));

        var second = await GraderProgram.RunAsync(_folder.Path, new Dictionary<string, string?>(), "batch");
        first.Kill();
        await first.WaitForExitAsync();

        Assert.That((second.ExitCode, second.Stdout), Is.EqualTo((2, "")));
        Assert.That(
            second.Stderr,
            Does.Match(
                $"^grader: .*reports: another grader writes there \\(process {first.Id}, since [-0-9]+ [0-9:]+\\); wait for its end, or name another folder under \"reports\"\\.\n$"
            )
        );
        await ExpectEndAsync();
    }

    private async Task ExpectEndAsync()
    {
        var run = await GraderProgram.RunAsync(_folder.Path, new Dictionary<string, string?>(), "batch");

        Assert.That(run.ExitCode, Is.Zero, run.Stdout + run.Stderr);
    }

    private async Task KillAsync(TimeSpan after)
    {
        using var batch = Start("--again");
        await Task.Delay(after);
        // Nothing new begins while its descendants are counted.
        Native.Signal(batch.Id, SignalStop);
        var programs = FindDescendants(batch.Id);
        batch.Kill();
        await batch.WaitForExitAsync();

        await WaitAsync(() => !programs.Exists(ProcessTable.Exists));
    }

    private Process Start(params string[] options)
    {
        var command = GraderProgram.Wrap(_folder.Path, new Dictionary<string, string?>(), ["batch", .. options]);
        var start = new ProcessStartInfo(command.TargetFilePath, command.Arguments)
        {
            WorkingDirectory = command.WorkingDirPath,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        return process;
    }

    private Dictionary<string, string> ReadReports() =>
        Students.ToDictionary(
            student => student,
            student => File.ReadAllText(_folder[$"reports/{student}/echo/report.json"])
        );

    private static List<int> FindDescendants(int process)
    {
        var parents = ProcessTable.FindAll().ToLookup(ReadParent);
        var found = new List<int>();
        var waiting = new Queue<int>([process]);
        while (waiting.TryDequeue(out var parent))
        {
            foreach (var child in parents[parent])
            {
                found.Add(child);
                waiting.Enqueue(child);
            }
        }

        return found;
    }

    // pid (name) state ppid ...
    private static int ReadParent(int process)
    {
        var stat = ProcessTable.Try(() => File.ReadAllText($"/proc/{process}/stat"), ") ? 0");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static async Task WaitAsync(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.That(watch.Elapsed, Is.LessThan(EndLimit));
            await Task.Delay(10);
        }
    }
}
