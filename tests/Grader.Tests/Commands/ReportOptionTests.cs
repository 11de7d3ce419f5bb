using System.Text.Json.Nodes;
using System.Xml.Linq;
using Grader.Reports;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

internal sealed class ReportOptionTests
{
    private static readonly string[] Everything =
    [
        "--report",
        "json=out/deep/report.json",
        "md=out/report.md",
        "--report",
        "txt=report.txt",
        "--report=junit=junit.xml",
    ];

    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task A_check_writes_every_report_that_is_asked_for()
    {
        _folder.Add(Repository.Fixture("crashes-at-start"), "anna");

        var run = await RunAsync(["check", "echo", "anna", .. Everything]);

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((1, "")));
        var report = JsonReport.Parse(Read("out/deep/report.json"));
        Assert.That(report, Is.Not.Null);
        Assert.Multiple(() =>
        {
            Assert.That(report.Student, Is.EqualTo("anna"));
            Assert.That(Read("out/report.md"), Is.EqualTo(MarkdownReport.Render(report)));
            Assert.That(Read("report.txt"), Is.EqualTo(TextReport.Render(report)));
            Assert.That(run.Stdout, Does.StartWith(TextReport.Render(report, "anna")), "and what to do next");
            Assert.That(Suites("junit.xml"), Is.EqualTo(["anna, echo"]));
            Assert.That(Directory.GetFiles(_folder.Path, "*.new", SearchOption.AllDirectories), Is.Empty);
        });
    }

    [Test]
    public async Task A_batch_writes_its_reports_into_one_file_each_in_the_order_of_the_class()
    {
        MakeClass();

        var run = await RunAsync(["batch", .. Everything]);

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        var json = JsonNode.Parse(Read("out/deep/report.json"))!;
        Assert.Multiple(() =>
        {
            Assert.That((string?)json["schema"], Is.EqualTo("grader/reports/v1"));
            Assert.That(
                json["reports"]!.AsArray().Select(report => (string?)report!["student"]),
                Is.EqualTo(["anna", "bob", "carl"])
            );
            Assert.That(
                Read("out/report.md").Split('\n').Where(line => line.StartsWith("# ", StringComparison.Ordinal)),
                Is.EqualTo([
                    "# Course",
                    "# anna, echo: 0 of 100 points, 0 of 13 extra",
                    "# bob, echo: 0 of 100 points, 0 of 13 extra",
                    "# carl, echo: nothing handed in",
                ])
            );
            Assert.That(Read("report.txt"), Does.StartWith(Read("reports/anna/echo/report.txt") + "\nbob, echo: "));
            Assert.That(Suites("junit.xml"), Is.EqualTo(["anna, echo", "bob, echo", "carl, echo"]));
        });
    }

    [TestCase("jnit=a.xml", "\"jnit\" is no format; did you mean \"junit\"?")]
    [TestCase("html=a.html", "\"html\" is no format; known: json, md, txt, junit, github.")]
    [TestCase("a.xml", "\"a.xml\" is no format; known: json, md, txt, junit, github.")]
    [TestCase("junit", "a file is missing; name it, for example junit=report.xml.")]
    [TestCase("junit=", "a file is missing; name it, for example junit=report.xml.")]
    [TestCase("json=-", "reports go to files alone; name one, for example json=report.json.")]
    [TestCase("json=/dev/null", "reports go to files alone; name one, for example json=report.json.")]
    [TestCase("md=folder", "that is a folder; name a file in it, for example md=folder/report.md.")]
    [TestCase("md=new/", "that is a folder; name a file in it, for example md=new/report.md.")]
    [TestCase("txt=file/report.txt", "it cannot be written there; name a file in a folder of yours.")]
    [TestCase("github=folder", "that is a folder; name a file in it, for example github=folder/summary.md.")]
    [TestCase("github", "GITHUB_STEP_SUMMARY is not set; name a file, for example github=summary.md.")]
    public async Task A_report_that_cannot_be_is_told_before_anything_runs(string report, string message)
    {
        _folder.MakeFolder("folder");
        _folder.Write("file");
        _folder.Add(Repository.Fixture("crashes-at-start"), "work");

        var run = await RunAsync("check", "echo", "work", "--report", report);

        Assert.That(run, Is.EqualTo(new ProgramRun(2, "", $"grader: --report {report}: {message}\n")));
    }

    [Test]
    public async Task A_link_in_the_place_of_the_file_that_is_made_first_leads_nowhere()
    {
        Machine.RequireLinux();
        _folder.Add(Repository.Fixture("crashes-at-start"), "work");
        _folder.Write("target", "as it was");
        File.CreateSymbolicLink(_folder["report.xml.new"], _folder["target"]);

        var run = await RunAsync("check", "echo", "work", "--report", "junit=report.xml");

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((1, "")));
        Assert.That(Read("target"), Is.EqualTo("as it was"));
        Assert.That(new FileInfo(_folder["report.xml"]).LinkTarget, Is.Null);
        Assert.That(Suites("report.xml"), Is.EqualTo(["work, echo"]));
    }

    [Test]
    public async Task Two_reports_need_two_files()
    {
        MakeClass();

        var run = await RunAsync("batch", "--report", "json=a", "md=./a");

        Assert.That(
            run,
            Is.EqualTo(
                new ProgramRun(
                    2,
                    "",
                    "grader: --report md=./a: another report goes to that file; name a file for each.\n"
                )
            )
        );
    }

    [TestCase("0", 0)]
    [TestCase("5", 0)]
    [TestCase("6", 1)]
    public async Task A_check_fails_below_the_least_score_alone(string least, int exitCode)
    {
        var run = await RunAsync(
            "check",
            "echo",
            Repository.Fixture("truncates-and-dies-on-reset"),
            "--only",
            "long-message",
            "--min-score",
            least
        );

        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Stdout);
        Assert.That(
            run.Stdout.Contains("\n\nBelow the least score of 6: 1 submission\n", StringComparison.Ordinal),
            Is.EqualTo(exitCode == 1)
        );
    }

    [TestCase("0", 0)]
    [TestCase("1", 1)]
    public async Task A_batch_fails_below_the_least_score_and_what_is_missing_has_none(string least, int exitCode)
    {
        _folder.MakeFolder("class/carl");
        _folder.Add(Repository.Fixture("crashes-at-start"), "class/anna/echo");
        Configure();

        var run = await RunAsync("batch", "--min-score", least);

        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Stdout);
        Assert.That(
            run.Stdout.EndsWith("\n\nBelow the least score of 1: 2 submissions\n", StringComparison.Ordinal),
            Is.EqualTo(exitCode == 1)
        );
    }

    [Test]
    public async Task What_could_not_be_graded_is_an_error_whatever_the_least_score()
    {
        _folder.Add(Repository.Fixture("names-a-missing-interpreter"), "class/anna/echo");
        Configure();

        var batch = await RunAsync("batch", "--min-score", "0");
        var check = await RunAsync("check", "echo", "class/anna/echo", "--min-score", "0");

        Assert.That((batch.ExitCode, check.ExitCode), Is.EqualTo((3, 3)));
    }

    [TestCase("check --report txt=report.txt echo work")]
    [TestCase("check --report txt=report.txt --only starts echo work")]
    [TestCase("check --only starts echo work --report txt=report.txt")]
    [TestCase("check echo --report txt=report.txt work")]
    public async Task What_is_checked_may_stand_behind_an_option(string words)
    {
        _folder.Add(Repository.Fixture("crashes-at-start"), "work");

        var run = await RunAsync(words.Split(' '));

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((1, "")));
        Assert.That(Read("report.txt"), Does.StartWith("work, echo: "));
    }

    [Test]
    public async Task A_script_that_cannot_be_written_costs_no_report()
    {
        _folder.Add(Repository.Fixture("crashes-at-start"), "work");
        _folder.Write("work/starts.py", "print('mine')\n");

        var run = await RunAsync("check", "echo", "work", "--reproduce", "work", "--report", "txt=report.txt");

        Assert.That(
            (run.ExitCode, run.Stderr),
            Is.EqualTo(
                (
                    2,
                    "grader: --reproduce work: work/starts.py is there, and is not one of these scripts; name another folder, which can be written to.\n"
                )
            )
        );
        Assert.That(Read("report.txt"), Does.StartWith("work, echo: "));
        Assert.That(Read("work/starts.py"), Is.EqualTo("print('mine')\n"));
    }

    [TestCase("--min-score x", "--min-score x: that is no number. See grader check --help.")]
    [TestCase("--min-score 1001", "--min-score must be a number from 0 to 1000. See grader check --help.")]
    [TestCase("--min-score -1", "--min-score must be a number from 0 to 1000. See grader check --help.")]
    [TestCase("--limit 5", "--limit 5: that is no time; give one such as 90s, 5m, 1h or 00:05:00.")]
    [TestCase("--limit 0s", "--limit 0s: that is no time; give one such as 90s, 5m, 1h or 00:05:00.")]
    [TestCase("--limit 5min", "--limit 5min: that is no time; give one such as 90s, 5m, 1h or 00:05:00.")]
    [TestCase("--limit 999999h", "--limit 999999h: that is no time; give one such as 90s, 5m, 1h or 00:05:00.")]
    [TestCase("--limit -00:05:00", "--limit -00:05:00: that is no time; give one such as 90s, 5m, 1h or 00:05:00.")]
    public async Task A_number_or_a_time_that_is_none_is_one_line(string options, string message)
    {
        var run = await RunAsync(["check", "echo", ".", .. options.Split(' ')]);

        Assert.That(run, Is.EqualTo(new ProgramRun(2, "", $"grader: {message}\n")));
    }

    private void MakeClass()
    {
        _folder.Add(Repository.Fixture("crashes-at-start"), "class/anna/echo");
        _folder.Add(Repository.Fixture("exits-before-listening"), "class/bob/echo");
        _folder.MakeFolder("class/carl");
        Configure();
    }

    private void Configure() =>
        _folder.Write("grading.json", """{ "submissions": "class/{student}/{assignment}", "sandbox": "auto" }""");

    private string Read(string name) => File.ReadAllText(_folder[name]);

    private IEnumerable<string?> Suites(string name) =>
        XDocument.Load(_folder[name]).Descendants("testsuite").Select(suite => (string?)suite.Attribute("name"));

    private Task<ProgramRun> RunAsync(params string[] arguments) =>
        GraderProgram.RunAsync(_folder.Path, new Dictionary<string, string?>(), arguments);
}
