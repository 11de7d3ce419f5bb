using Grader.Checks;
using Grader.Scoring;

namespace Grader.Tests.Scoring;

internal sealed class PointsTests
{
    private static readonly Check Unicode = new()
    {
        Id = "unicode",
        Name = "returns text",
        Points = 4,
        Teaches = "",
        Hint = "",
        Run = _ => Task.CompletedTask,
    };

    private static readonly Assignment Echo = new()
    {
        Id = "echo",
        Title = "Echo",
        Stems = [],
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
        var report = Points.Total(Points.SetMaximum(Graded(Grade.Graded), Worths));

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
        var report = Points.Total(Points.SetMaximum(Graded(Grade.Error), Worths));

        Assert.That(report.Score, Is.Null);
        Assert.That(report.Extra, Is.Zero);
        Assert.That(report.MaxScore, Is.EqualTo(19));
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
