using Grader.Reports;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Reports;

internal sealed class ReportFolderTests
{
    private static readonly Report Report = new()
    {
        Student = "anna",
        Assignment = "echo",
        Outcome = Grade.Graded,
        Score = 42,
        MaxScore = 100,
    };

    private static readonly Graded Result = new(
        Report,
        new Dictionary<string, double> { ["built"] = 0.12345 },
        "out | hello\n"
    );

    private readonly TemporaryFolder _folder = new();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_report_is_written_in_every_format_and_read_again()
    {
        var reports = new ReportFolder(_folder.Path);

        reports.Write(Result);

        Assert.Multiple(() =>
        {
            Assert.That(
                Directory.GetFiles(_folder["anna/echo"]).Select(Path.GetFileName),
                Is.EquivalentTo(["report.json", "report.txt", "report.md", "timings.json", "server.log"])
            );
            Assert.That(reports.Read("anna", "echo")?.Score, Is.EqualTo(42));
            Assert.That(File.ReadAllText(_folder["anna/echo/server.log"]), Is.EqualTo("out | hello\n"));
            Assert.That(File.ReadAllText(_folder["anna/echo/timings.json"]), Is.EqualTo("{\n  \"built\": 0.123\n}\n"));
        });
    }

    [Test]
    public void A_new_result_takes_the_place_of_the_old_key_too()
    {
        var reports = new ReportFolder(_folder.Path);
        reports.Write(Result, "key of then");
        var then = reports.ReadKey("anna", "echo");

        reports.Write(Result);

        Assert.That((then, reports.ReadKey("anna", "echo")), Is.EqualTo(("key of then", (string?)null)));
    }

    [Test]
    public void A_result_that_is_written_by_half_has_no_key()
    {
        var reports = new ReportFolder(_folder.Path);
        reports.Write(Result, "key of then");
        _folder.MakeFolder("anna/echo/server.log.new");

        Assert.Throws<UnauthorizedAccessException>(() => reports.Write(Result, "key of now"));

        Assert.That(reports.ReadKey("anna", "echo"), Is.Null);
    }

    [Test]
    public void A_report_that_is_scored_again_keeps_its_key()
    {
        var reports = new ReportFolder(_folder.Path);
        reports.Write(Result, "key of then");

        reports.Write(Report with { Score = 43 });

        Assert.That(reports.ReadKey("anna", "echo"), Is.EqualTo("key of then"));
    }

    [TestCase("{ \"built\": 0.5 }", 1)]
    [TestCase("null", 0)]
    [TestCase("half of a t", 0)]
    [TestCase(null, 0)]
    public void Timings_that_are_lost_or_broken_are_none(string? text, int count)
    {
        if (text is not null)
        {
            _folder.Write("anna/echo/timings.json", text);
        }

        Assert.That(new ReportFolder(_folder.Path).ReadTimings("anna", "echo"), Has.Count.EqualTo(count));
    }

    [Test]
    public void A_report_that_is_not_there_is_none()
    {
        Assert.That(new ReportFolder(_folder.Path).Read("anna", "echo"), Is.Null);
    }

    [TestCase("half of a rep", "its report.json is broken, or of another version")]
    [TestCase("{ \"schema\": \"grader/report/v2\" }", "its report.json is broken, or of another version")]
    [TestCase(
        """{ "schema": "grader/report/v1", "student": "bob", "assignment": "echo", "outcome": "graded", "checks": null }""",
        "its report.json is broken, or of another version"
    )]
    [TestCase(null, "its report.json is of another student or assignment")]
    public void A_report_that_is_broken_or_in_the_wrong_place_is_told(string? json, string message)
    {
        _folder.Write("bob/echo/report.json", json ?? JsonReport.Render(Report));

        var broken = Assert.Throws<InvalidDataException>(() => new ReportFolder(_folder.Path).Read("bob", "echo"))!;

        Assert.That(broken.Message, Is.EqualTo(message));
    }

    [Test]
    public void A_report_that_is_scored_again_leaves_what_was_measured()
    {
        var reports = new ReportFolder(_folder.Path);
        _folder.Write("anna/echo/timings.json", "then");
        _folder.Write("anna/echo/server.log", "then");

        reports.Write(Report);

        Assert.That(File.ReadAllText(_folder["anna/echo/timings.json"]), Is.EqualTo("then"));
        Assert.That(File.ReadAllText(_folder["anna/echo/server.log"]), Is.EqualTo("then"));
        Assert.That(File.ReadAllText(_folder["anna/echo/report.txt"]), Does.StartWith("anna, echo: 42 of 100 points"));
    }
}
