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

    private readonly TemporaryFolder _folder = new();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_report_is_written_in_every_format_and_read_again()
    {
        var reports = new ReportFolder(_folder.Path);
        var timings = new Dictionary<string, double> { ["built"] = 0.12345 };

        reports.Write(new Graded(Report, timings, "out | hello\n", new Dictionary<string, IReadOnlyList<string>>()));

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
    public void A_report_that_is_not_there_is_none()
    {
        _folder.Write("bob/echo/report.json", "half of a rep");
        var reports = new ReportFolder(_folder.Path);

        Assert.That(reports.Read("anna", "echo"), Is.Null);
        Assert.That(reports.Read("bob", "echo"), Is.Null);
    }
}
