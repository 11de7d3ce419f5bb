using Grader.Assignments.Echo;
using Grader.Checks;
using Grader.Reports;
using Grader.Scoring;
using Grader.Tests.Reports;
using Grader.Tests.Support;

namespace Grader.Tests.Scoring;

internal sealed class PointsTests
{
    private static readonly Check Unicode = new()
    {
        Id = "unicode",
        Name = "returns text",
        Points = 4,
        OnTheWire = "",
        Teaches = "",
        Hint = "",
        Run = _ => Task.CompletedTask,
    };

    private static readonly Assignment Echo = new()
    {
        Id = "echo",
        Title = "Echo",
        Stems = [],
        Exchange = _ => new Reflection([]),
        Lessons = [],
    };

    [Test]
    public void A_check_is_worth_what_the_suite_says()
    {
        var options = new GradingOptions();

        Assert.That(options.WorthOf(Echo, Unicode), Is.EqualTo(new Worth(4, IsExtra: false)));
        Assert.That(options.WorthOf(Echo, Unicode with { Extra = true }), Is.EqualTo(new Worth(4, IsExtra: true)));
    }

    [Test]
    public void The_course_has_the_last_word()
    {
        var words = new Dictionary<string, Worth> { ["unicode"] = new(0, IsExtra: false), ["other"] = new(9, true) };
        var options = new GradingOptions
        {
            Points = new Dictionary<string, IReadOnlyDictionary<string, Worth>> { ["echo"] = words },
        };

        Assert.That(options.WorthOf(Echo, Unicode with { Extra = true }), Is.EqualTo(new Worth(0, IsExtra: false)));
    }

    [Test]
    public void Counted_checks_and_extras_are_added_apart()
    {
        var report = Points.Total(Points.SetMaximum(Graded(Grade.Graded), Worths), new GradingOptions());

        Assert.Multiple(() =>
        {
            Assert.That(report.Score, Is.EqualTo(5));
            Assert.That(report.MaxScore, Is.EqualTo(19));
            Assert.That(report.Extra, Is.EqualTo(2));
            Assert.That(report.MaxExtra, Is.EqualTo(5));
        });
    }

    [Test]
    public void A_submission_with_an_error_has_no_score()
    {
        var report = Points.Total(Points.SetMaximum(Graded(Grade.Error), Worths), new GradingOptions());

        Assert.That(report.Score, Is.Null);
        Assert.That(report.Extra, Is.Zero);
        Assert.That(report.MaxScore, Is.EqualTo(19));
    }

    [TestCase(Gradings.Wrong)]
    [TestCase(Gradings.BuildFailed)]
    [TestCase(Gradings.EnvironmentError)]
    public async Task A_stored_report_scored_again_is_what_grading_again_would_give(string submission)
    {
        var words = new Dictionary<string, Worth> { ["starts"] = new(5, true), ["unicode"] = new(0, false) };
        var options = new GradingOptions
        {
            Points = new Dictionary<string, IReadOnlyDictionary<string, Worth>> { ["echo"] = words },
        };
        var stored = JsonReport.Parse(JsonReport.Render(await Gradings.ReportAsync(submission)))!;

        var rescored = Points.Rescore(stored, EchoAssignment.Value, options);

        var graded = await Gradings.GradeAsync(submission, options);
        Assert.That(JsonReport.Render(rescored), Is.EqualTo(JsonReport.Render(graded.Report)));
    }

    [Test]
    public void What_a_machine_could_not_run_counts_nothing_under_any_points()
    {
        var suite = TinySuite.Of(TinySuite.Starts, TinySuite.Echoes);
        var stored = Graded(Grade.Graded) with
        {
            Checks =
            [
                Done(10, 10, extra: false, Outcome.Passed) with
                {
                    Id = "starts",
                },
                Done(0, 0, extra: false, Outcome.Skipped) with
                {
                    Id = "echoes",
                    Unavailable = true,
                },
            ],
        };

        var rescored = Points.Rescore(stored, suite, new GradingOptions());

        Assert.That((rescored.Score, rescored.MaxScore), Is.EqualTo((10, 10)));
    }

    [Test]
    public void A_report_of_other_checks_is_of_another_suite()
    {
        var suite = TinySuite.Of(TinySuite.Starts, TinySuite.Echoes);
        Report Of(params string[] ids) =>
            Graded(Grade.Graded) with
            {
                Checks = [.. ids.Select(id => Done(0, 5, extra: false, Outcome.Failed) with { Id = id })],
            };

        Assert.Multiple(() =>
        {
            Assert.That(Points.IsOfSuite(Of("starts", "echoes"), suite), Is.True);
            Assert.That(Points.IsOfSuite(Of("echoes", "starts"), suite), Is.True, "their order tells nothing");
            Assert.That(Points.IsOfSuite(Of("starts"), suite), Is.False);
            Assert.That(Points.IsOfSuite(Of("starts", "echoes", "unicode"), suite), Is.False);
            Assert.That(Points.IsOfSuite(Of("starts", "starts"), suite), Is.False);
            Assert.That(Points.IsOfSuite(Of(), suite), Is.False);
        });
    }

    private static IEnumerable<Worth> Worths =>
        Graded(Grade.Graded).Checks.Select(check => new Worth(check.MaxPoints, check.Extra));

    private static Report Graded(Grade outcome) =>
        new()
        {
            Student = "student-01",
            Assignment = "echo",
            Outcome = outcome,
            Checks =
            [
                Done(5, 5, extra: false, Outcome.Passed),
                Done(0, 10, extra: false, Outcome.Failed),
                Done(0, 4, extra: false, Outcome.Skipped),
                Done(2, 2, extra: true, Outcome.Passed),
                Done(0, 3, extra: true, Outcome.Failed),
            ],
        };

    private static CheckReport Done(int points, int most, bool extra, Outcome outcome) =>
        new()
        {
            Id = "any",
            Lesson = "",
            Title = "",
            Outcome = outcome,
            Points = points,
            MaxPoints = most,
            Extra = extra,
        };
}
