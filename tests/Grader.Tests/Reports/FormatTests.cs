using Grader.Reports;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Reports;

internal sealed class FormatTests
{
    [TestCaseSource(typeof(Gradings), nameof(Gradings.All))]
    public async Task Text(string submission)
    {
        var report = await Gradings.ReportAsync(submission);

        await Verifier.Verify(TextReport.Render(report));
    }

    [TestCaseSource(typeof(Gradings), nameof(Gradings.All))]
    public async Task Markdown(string submission)
    {
        var report = await Gradings.ReportAsync(submission);

        await Verifier.Verify(MarkdownReport.Render(WithTellingChecks(report)));
    }

    [TestCaseSource(typeof(Gradings), nameof(Gradings.All))]
    public async Task Json(string submission)
    {
        var report = await Gradings.ReportAsync(submission);

        await Verifier.Verify(JsonReport.Render(WithTellingChecks(report)));
    }

    [TestCaseSource(typeof(Gradings), nameof(Gradings.All))]
    public async Task Junit(string submission)
    {
        var graded = await Gradings.GetAsync(submission);
        var untimed = graded with
        {
            Report = WithTellingChecks(graded.Report),
            Timings = new Dictionary<string, double>(),
        };

        await Verifier.Verify(JUnitReport.Render([untimed]));
    }

    [Test]
    public async Task Csv() => await Verifier.Verify(GradesCsv.Render(await ClassAsync()));

    [Test]
    public async Task Summary() =>
        await Verifier.Verify(SummaryReport.Render("Network programming", await ClassAsync()));

    [TestCaseSource(typeof(Gradings), nameof(Gradings.All))]
    public async Task What_is_written_as_json_can_be_read_again(string submission)
    {
        var json = JsonReport.Render(await Gradings.ReportAsync(submission));

        var again = JsonReport.Parse(json);

        Assert.That(again, Is.Not.Null);
        Assert.That(JsonReport.Render(again), Is.EqualTo(json));
    }

    [TestCase("{}")]
    [TestCase("{ \"schema\": \"grader/report/v2\" }")]
    [TestCase("no JSON")]
    [TestCase("null")]
    public void Reports_of_another_version_are_none(string json)
    {
        Assert.That(JsonReport.Parse(json), Is.Null);
    }

    // The first check of each kind shows every field; the others would only repeat what the text has told.
    private static Report WithTellingChecks(Report report)
    {
        var checks = report
            .Checks.DistinctBy(check => (check.Outcome, check.Caret is null, check.Output.Count > 0))
            .ToList();
        var causes = report.Causes.Select(cause =>
            cause with
            {
                Explains = [.. cause.Explains.Intersect(checks.Select(check => check.Id))],
            }
        );
        return report with { Checks = checks, Causes = [.. causes.Where(cause => cause.Explains.Count > 0)] };
    }

    private static async Task<IReadOnlyList<Report>> ClassAsync()
    {
        var reports = new List<Report>();
        foreach (var name in Gradings.All)
        {
            reports.Add(await Gradings.ReportAsync(name));
        }

        reports.Add(
            new Report
            {
                Student = "nothing-handed-in",
                Assignment = "echo",
                Outcome = Grade.Missing,
                Score = 0,
            }
        );
        return reports;
    }
}
