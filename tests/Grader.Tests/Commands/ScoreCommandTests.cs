using Grader.Assignments.Echo;
using Grader.Reports;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

internal sealed class ScoreCommandTests
{
    private readonly TemporaryFolder _folder = new();

    [SetUp]
    public void MakeGradedClass()
    {
        foreach (var student in new[] { "anna", "bob", "zoe" })
        {
            _folder.MakeFolder($"class/{student}/echo");
        }

        _folder.MakeFolder("class/carl");
        Configure("");
        Store(Graded("anna", _ => Outcome.Passed));
        Store(Graded("bob", id => id is "starts" or "unicode" ? Outcome.Passed : Outcome.Failed));
        Store(Graded("zoe", id => id is "starts" ? Outcome.Failed : Outcome.Skipped));
        Store(
            new Report
            {
                Student = "carl",
                Assignment = "echo",
                Outcome = Grade.Missing,
                Score = 0,
                MaxScore = 100,
            }
        );
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task The_points_of_now_are_in_every_report_and_in_the_gradebook()
    {
        _folder.Write("roster.csv", "student;name\r\nzoe;\"Zeta, Zoe\"\r\nanna;=1+1\r\ncarl;Carl\r\ndora;Dora\r\n");
        Configure(
            """, "roster": "roster.csv", "assignments": { "echo": { "points": { "unicode": 14, "starts": "extra" } } }"""
        );

        var run = await ScoreAsync();

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        Assert.That(
            await File.ReadAllLinesAsync(_folder["reports/grades.csv"]),
            Is.EqualTo([
                "student,name,assignment,score,max,extra,outcome",
                "zoe,\"Zeta, Zoe\",echo,0,105,0,graded",
                "anna,\"'=1+1\",echo,105,105,18,graded",
                "carl,Carl,echo,0,105,0,missing",
                "dora,Dora,echo,0,105,0,missing",
                "bob,,echo,14,105,5,graded",
            ])
        );
        Assert.Multiple(() =>
        {
            Assert.That(Read("bob/echo/report.txt"), Does.StartWith("bob, echo: 14 of 105 points, 5 of 18 extra\n"));
            Assert.That(Read("bob/echo/report.md"), Does.Contain("| 14/14 | `unicode` |"));
            Assert.That(JsonReport.Parse(Read("bob/echo/report.json"))!.Score, Is.EqualTo(14));
            Assert.That(Read("bob/echo/timings.json"), Is.EqualTo("then"));
            Assert.That(Read("bob/echo/server.log"), Is.EqualTo("then"));
            Assert.That(
                Read("summary.md"),
                Does.Contain("\n5 students, 2 missing\n").And.EndsWith("\n## In no roster\n\n- bob\n")
            );
        });
        await Verifier.Verify(run.Stdout);
    }

    [Test]
    public async Task The_points_of_then_give_the_reports_of_then()
    {
        var then = Read("bob/echo/report.json");
        Configure(""", "assignments": { "echo": { "points": { "unicode": 0, "starts": "extra" } } }""");
        await ScoreAsync();
        Assert.That(Read("bob/echo/report.json"), Is.Not.EqualTo(then));

        Configure("");
        var run = await ScoreAsync();

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(Read("bob/echo/report.json"), Is.EqualTo(then));
    }

    [Test]
    public async Task What_cannot_be_scored_is_named_and_left_as_it_is()
    {
        var other = Graded("anna", _ => Outcome.Passed);
        Store(other with { Checks = [.. other.Checks.Skip(1), other.Checks[0] with { Id = "of-another-year" }] });
        _folder.Write("reports/bob/echo/report.json", "half of a rep");
        _folder.MakeFolder("class/carl/echo");
        _folder.MakeFolder("class/o'dora x/echo");
        var then = Read("anna/echo/report.json");

        var run = await ScoreAsync();

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((3, "")));
        Assert.That(Read("anna/echo/report.json"), Is.EqualTo(then));
        Assert.That(Read("bob/echo/report.json"), Is.EqualTo("half of a rep"));
        Assert.That(
            Read("grades.csv").Split('\n'),
            Is.EqualTo(["student,assignment,score,max,extra,outcome", "zoe,echo,0,100,0,graded", ""])
        );
        await Verifier.Verify(run.Stdout);
    }

    [Test]
    public async Task An_error_stays_an_error()
    {
        Store(
            new Report
            {
                Student = "bob",
                Assignment = "echo",
                Outcome = Grade.Error,
                Error = "no disk",
                MaxScore = 100,
            }
        );
        Configure(""", "assignments": { "echo": { "points": { "unicode": 14 } } }""");

        var run = await ScoreAsync();

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Stdout, Does.Contain("\n! bob, echo: no disk\n"));
        Assert.That(Read("grades.csv"), Does.Contain("\nbob,echo,,110,,error\n"));
    }

    [Test]
    public async Task An_error_does_not_steer_the_terminal()
    {
        Store(
            new Report
            {
                Student = "bob",
                Assignment = "echo",
                Outcome = Grade.Error,
                Error = "no \u001b[2J disk",
            }
        );

        var run = await ScoreAsync();

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(run.Stdout, Does.Contain("\n! bob, echo: no \\u{1b}[2J disk\n"));
        Assert.That(run.Stdout, Does.Not.Contain("\u001b"));
    }

    [Test]
    public async Task Nothing_graded_yet_is_wrong_use_and_makes_no_gradebook()
    {
        Directory.Delete(_folder["reports"], recursive: true);

        var run = await ScoreAsync();

        Assert.That(
            run,
            Is.EqualTo(
                new ProgramRun(
                    2,
                    "",
                    $"grader: {_folder["reports"]}: no report is there yet; grade the class first: grader batch.\n"
                )
            )
        );
        Assert.That(Directory.Exists(_folder["reports"]), Is.False);
    }

    private void Configure(string more) =>
        _folder.Write(
            "grading.json",
            $$"""{ "submissions": "class/{student}/{assignment}", "sandbox": "auto"{{more}} }"""
        );

    private string Read(string name) => File.ReadAllText(_folder[$"reports/{name}"]);

    private Task<ProgramRun> ScoreAsync() =>
        GraderProgram.RunAsync(_folder.Path, new Dictionary<string, string?>(), "score");

    private void Store(Report report)
    {
        new ReportFolder(_folder["reports"]).Write(report);
        _folder.Write($"reports/{report.Student}/{report.Assignment}/timings.json", "then");
        _folder.Write($"reports/{report.Student}/{report.Assignment}/server.log", "then");
    }

    private static Report Graded(string student, Func<string, Outcome> outcomeOf) =>
        Points.Rescore(
            new Report
            {
                Student = student,
                Assignment = "echo",
                Outcome = Grade.Graded,
                Checks =
                [
                    .. from lesson in EchoAssignment.Value.Lessons
                    from check in lesson.Checks
                    select new CheckReport
                    {
                        Id = check.Id,
                        Lesson = lesson.Title,
                        Title = check.Name,
                        Outcome = outcomeOf(check.Id),
                    },
                ],
            },
            EchoAssignment.Value,
            new GradingOptions()
        );
}
