using Grader.Reports;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

/// <summary>What a batch does that is started once more; a server that is started leaves a file.</summary>
internal sealed class BatchAgainTests
{
    private const string Program = "echo_server.py";

    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [SetUp]
    public async Task GradeClassAsync()
    {
        HandIn("anna");
        HandIn("bob");
        _folder.MakeFolder("class/carl");
        _folder.MakeFolder("started");
        Configure("");
        var run = await BatchAsync();
        Assert.That(run.ExitCode, Is.Zero, run.Stdout);
        Assert.That(Started(), Is.EqualTo(["anna", "bob"]), run.Stdout);
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task What_has_not_changed_is_kept_and_nothing_is_started()
    {
        var before = ReadReports();

        var run = await BatchAsync();

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")), run.Stdout);
        Assert.That(Started(), Is.Empty);
        Assert.That(ReadReports(), Is.EqualTo(before));
        await Verifier.Verify(run.Stdout);
    }

    [TestCase("class/anna/echo/notes.txt", "new", "anna")]
    [TestCase("reports/anna/echo/result.key", "half of a k", "anna")]
    [TestCase("reports/anna/echo/report.json", "half of a rep", "anna")]
    [TestCase("class/carl/echo/echo_server.py", "", "carl")]
    public async Task What_has_no_current_result_is_graded_and_the_rest_is_kept(
        string file,
        string content,
        string whose
    )
    {
        _folder.Write(file, file.EndsWith(Program, StringComparison.Ordinal) ? Source(whose) : content);

        var run = await BatchAsync();
        var started = Started();
        await BatchAsync();

        Assert.That(
            run.Stdout,
            Does.Contain("\n✘ bob              echo        0 of 100 points, 0 of 13 extra     kept\n")
        );
        Assert.That(started, Is.EqualTo([whose]));
        Assert.That(Started(), Is.Empty, "what was graded once more is current");
    }

    [Test]
    public async Task A_report_of_another_suite_is_not_kept()
    {
        var path = _folder["reports/anna/echo/report.json"];
        var report = JsonReport.Parse(await File.ReadAllTextAsync(path))!;
        await File.WriteAllTextAsync(path, JsonReport.Render(report with { Checks = [.. report.Checks.Skip(1)] }));

        var run = await BatchAsync();

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")), run.Stdout);
        Assert.That(Started(), Is.EqualTo(["anna"]));
    }

    [TestCase(""", "limits": { "start": "00:00:09" }""")]
    [TestCase(""", "recipes": [ { "match": "*.py", "server": ["python3", "echo_server.py", "{port}"] } ]""")]
    public async Task Another_way_of_grading_holds_for_all(string more)
    {
        Configure(more);

        var run = await BatchAsync();

        Assert.That(run.Stdout, Does.Not.Contain("kept"));
        Assert.That(Started(), Is.EqualTo(["anna", "bob"]));
    }

    [Test]
    public async Task Other_points_are_in_reports_and_gradebook_and_nothing_is_started()
    {
        var log = await File.ReadAllTextAsync(_folder["reports/anna/echo/server.log"]);
        Configure(""", "jobs": 2, "assignments": { "echo": { "points": { "unicode": 14 } } }""");

        var run = await BatchAsync();

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")), run.Stdout);
        Assert.That(Started(), Is.Empty);
        Assert.That(
            run.Stdout,
            Does.Contain(
                "\n2 results kept; --again grades anew\nScored again with the points of now: 2 stored reports\n"
            )
        );
        Assert.That(
            await File.ReadAllLinesAsync(_folder["reports/grades.csv"]),
            Is.EqualTo([
                "student,assignment,score,max,extra,outcome",
                "anna,echo,0,110,0,graded",
                "bob,echo,0,110,0,graded",
                "carl,echo,0,110,0,missing",
            ])
        );
        Assert.That(
            await File.ReadAllTextAsync(_folder["reports/anna/echo/report.txt"]),
            Does.StartWith("anna, echo: 0 of 110 points")
        );
        Assert.That(await File.ReadAllTextAsync(_folder["reports/anna/echo/server.log"]), Is.EqualTo(log));
    }

    [TestCase("--again", null, "anna", "bob")]
    [TestCase("--student", "bob", "bob")]
    [TestCase("--assignment", "echo", "anna", "bob")]
    public async Task What_is_named_is_graded_again(string option, string? value, params string[] expected)
    {
        var run = await BatchAsync([.. new[] { option, value }.OfType<string>()]);

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")), run.Stdout);
        Assert.That(run.Stdout, Does.Not.Contain("kept"));
        Assert.That(Started(), Is.EqualTo(expected));
    }

    [Test]
    public async Task What_is_kept_comes_first_and_is_in_the_reports_of_the_run()
    {
        HandIn("abel");

        var run = await BatchAsync("--jobs", "1", "--report", "junit=all.xml");

        var ended = new ReportFolder(_folder["reports"]).ReadTimings("bob", "echo")["ended"];
        Assert.That(run.Stdout, Does.Match("(?s)✘ anna .* kept\n✘ bob .* kept\n✘ abel .* s\n- carl"));
        Assert.That(
            await File.ReadAllTextAsync(_folder["all.xml"]),
            Does.Match($"(?s)\"abel, echo\".*\"anna, echo\".*\"bob, echo\"[^>]* time=\"{ended:0.000}\"")
        );
    }

    [Test]
    public async Task An_error_is_graded_again_every_time()
    {
        _folder.Add(Repository.Fixture("names-a-missing-interpreter"), "class/dora/echo");
        await BatchAsync();

        var run = await BatchAsync();

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Stdout, Does.Match("\n! dora .* [0-9.]+ s\n"));
        Assert.That(File.Exists(_folder["reports/dora/echo/result.key"]), Is.False);
    }

    [Test]
    public async Task What_changes_while_it_is_graded_is_graded_again()
    {
        _folder.Write(
            "class/anna/echo/echo_server.py",
            $"open({Quote(_folder["class/anna/echo/notes.txt"])}, 'a').write('more')\n{Source("anna")}"
        );
        await BatchAsync();
        Assert.That(Started(), Is.EqualTo(["anna"]));

        await BatchAsync();

        Assert.That(Started(), Is.EqualTo(["anna"]));
    }

    // Since the last look. A file for each: two programs that add to one file at a time are not safe everywhere.
    private List<string> Started()
    {
        List<string> students =
        [
            .. Directory.GetFiles(_folder["started"]).Select(path => Path.GetFileName(path)).Order(),
        ];
        students.ForEach(student => File.Delete(_folder[$"started/{student}"]));
        return students;
    }

    private void HandIn(string student) => _folder.Write($"class/{student}/echo/{Program}", Source(student));

    private string Source(string student) =>
        $"open({Quote(_folder[$"started/{student}"])}, 'w')\nraise SystemExit(1)\n";

    private static string Quote(string path) => $"'{path}'";

    private Dictionary<string, string> ReadReports() =>
        Directory
            .GetFiles(_folder["reports"], "*", SearchOption.AllDirectories)
            .ToDictionary(path => path, File.ReadAllText);

    private void Configure(string more) =>
        _folder.Write(
            "grading.json",
            $$"""{ "submissions": "class/{student}/{assignment}", "sandbox": "off"{{more}} }"""
        );

    private Task<ProgramRun> BatchAsync(params string[] options) =>
        GraderProgram.RunAsync(_folder.Path, new Dictionary<string, string?>(), ["batch", .. options]);
}
