using System.Globalization;
using Grader.Hosting;
using Grader.Launching;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

/// <summary>Sixty servers that all want port 10000, and set no SO_REUSEADDR, get every counted point in every mode.</summary>
[NonParallelizable]
internal sealed class HardCodedPortTests
{
    private const int Sixty = 60;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequireMachine()
    {
        Machine.RequireLinux();
        Machine.RequirePython();
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task In_networks_of_their_own()
    {
        Machine.RequireOwnNetworks();
        MakeClass(Sixty);

        await ExpectFullMarksAsync(Sixty, Batch("16"));
    }

    // One after the other: minutes.
    [Test]
    [Category("Load")]
    public async Task On_a_loopback_that_they_share()
    {
        MakeClass(Sixty);

        await ExpectFullMarksAsync(Sixty, Batch("16", new KeyValuePair<string, string?>(Hosts.Variable, "shared")));
    }

    // As many as run at a time; all sixty take minutes.
    [TestCase(16)]
    [TestCase(Sixty, Category = "Load")]
    public async Task For_an_ordinary_user(int submissions)
    {
        Machine.RequireOwnNetworks();
        Machine.RequireProgram("setpriv");
        MakeClass(submissions);

        await ExpectFullMarksAsync(submissions, await OrdinaryUser.StartAsync(_folder, Batch("16")));
    }

    private void MakeClass(int submissions)
    {
        _folder.Write("grading.json", """{ "submissions": "class/{student}/{assignment}", "sandbox": "auto" }""");
        foreach (var number in Enumerable.Range(1, submissions))
        {
            _folder.Add(Repository.Fixture("hard-codes-10000"), $"class/student-{number:00}/echo");
        }
    }

    private Command Batch(string jobs, params KeyValuePair<string, string?>[] variables) =>
        GraderProgram.Wrap(_folder.Path, new Dictionary<string, string?>(variables), "batch", "--jobs", jobs);

    private async Task ExpectFullMarksAsync(int submissions, Command batch)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var run = await ProgramRun.OfAsync(batch, new CancellationTokenSource(Limit).Token);

        await TestContext.Progress.WriteLineAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{TestContext.CurrentContext.Test.Name}: {submissions} submissions in {watch.Elapsed.TotalSeconds:0} s"
            )
        );
        Assert.That(run.ExitCode, Is.Zero, run.Stdout + run.Stderr);
        var rows = await File.ReadAllLinesAsync(_folder["reports/grades.csv"]);
        Assert.That(rows[1..], Has.Length.EqualTo(submissions));
        // It cannot be started again at once on its port: that one bonus it lacks rightly.
        Assert.That(rows[1..], Has.All.Matches("^student-[0-9]+,echo,100,100,12,graded$"));
    }
}
