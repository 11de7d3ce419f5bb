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
    private const string Nobody = "65534";

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
        await RunAsync("cp", "-r", AppContext.BaseDirectory, _folder["bin"]);
        await RunAsync("chown", "-R", Nobody, _folder.Path);
        var grader = Batch("16");
        // The programs of root's home are none of an ordinary user's. The first argument is an option of env.
        string[] words =
        [
            "setpriv",
            "--reuid",
            Nobody,
            "--regid",
            Nobody,
            "--clear-groups",
            "env",
            grader.Arguments[0],
            $"HOME={_folder.Path}",
            "PATH=/usr/local/bin:/usr/bin:/bin",
            .. grader
                .Arguments.Skip(1)
                .Select(word =>
                    word.EndsWith("grader.dll", StringComparison.Ordinal) ? _folder["bin/grader.dll"] : word
                ),
        ];

        await ExpectFullMarksAsync(submissions, grader with { TargetFilePath = words[0] }, words[1..]);
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

    private async Task ExpectFullMarksAsync(int submissions, Command batch, string[]? arguments = null)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var run = await ProgramRun.OfAsync(
            arguments is null ? batch : batch.WithArguments(arguments),
            new CancellationTokenSource(Limit).Token
        );

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

    private static Task<CommandResult> RunAsync(string program, params string[] arguments) =>
        Cli.Wrap(program).WithArguments(arguments).ExecuteAsync(Deadline.Token()).Task;
}
