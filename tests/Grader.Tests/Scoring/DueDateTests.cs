using System.Globalization;
using Grader.Intake;
using Grader.Scoring;

namespace Grader.Tests.Scoring;

internal sealed class DueDateTests
{
    private static readonly DueDate Due = new(At("2026-11-20T23:59:00+01:00"))
    {
        Late = [new LateRule(TimeSpan.Zero, 10), new LateRule(TimeSpan.FromDays(2), 100)],
        Extensions = new Dictionary<string, DateTimeOffset> { ["bob"] = At("2026-11-27T12:00:00+01:00") },
    };

    [TestCase("anna", "2026-11-20T22:59:00Z", 15, 5, null)]
    [TestCase("anna", "2026-11-20T22:59:01Z", 14, 5, 10)]
    [TestCase("anna", "2026-11-22T23:59:00+01:00", 14, 5, 10)]
    [TestCase("anna", "2026-11-22T23:59:01+01:00", 0, 0, 100)]
    [TestCase("anna", "2027-11-20T23:59:00+01:00", 0, 0, 100)]
    [TestCase("bob", "2026-11-27T12:00:00+01:00", 15, 5, null)]
    [TestCase("bob", "2026-11-27T12:00:01+01:00", 14, 5, 10)]
    public void The_last_rule_that_applies_counts(string student, string at, int score, int extra, int? percent)
    {
        var report = Points.Total(Report(student) with { HandIn = new HandIn(At(at), HandInSource.Roster) }, Options());

        Assert.Multiple(() =>
        {
            // Half a point is the student's: 13.5 is 14, 4.5 is 5.
            Assert.That((report.Score, report.Extra), Is.EqualTo((score, extra)));
            Assert.That(report.Late?.Percent, Is.EqualTo(percent));
            Assert.That(report.Late?.Score, Is.EqualTo(percent is null ? null : (int?)15));
        });
    }

    [Test]
    public void Without_rules_lateness_is_told_and_costs_nothing()
    {
        var late = Report("anna") with { HandIn = new HandIn(At("2026-11-21T00:00:00+01:00"), HandInSource.Roster) };

        var report = Points.Total(late, Options(Due with { Late = [] }));

        Assert.That((report.Score, report.Late!.Percent, report.Late.By), Is.EqualTo((15, 0, TimeSpan.FromMinutes(1))));
    }

    [Test]
    public void What_nobody_knows_the_time_of_is_not_late()
    {
        var report = Points.Total(Report("anna"), Options());

        Assert.That((report.Score, report.Late), Is.EqualTo((15, (Lateness?)null)));
    }

    [Test]
    public void To_add_up_once_more_takes_nothing_off_again()
    {
        var late = Report("anna") with { HandIn = new HandIn(At("2026-11-21T00:00:00+01:00"), HandInSource.Roster) };

        var once = Points.Total(late, Options());

        Assert.That(Points.Total(once, Options()), Is.EqualTo(once));
    }

    [Test]
    public void The_same_files_handed_in_again_are_no_later()
    {
        var first = new HandIn(At("2026-11-20T20:00:00+01:00"), HandInSource.NewestFile) { Digest = "a" };
        var copy = first with { At = first.At.AddDays(1) };

        Assert.Multiple(() =>
        {
            Assert.That(copy.Since(first), Is.EqualTo(first));
            Assert.That((copy with { Digest = "b" }).Since(first).At, Is.EqualTo(copy.At), "other files");
            Assert.That(first.Since(copy), Is.EqualTo(first), "the earlier time");
            Assert.That(copy.Since(null), Is.EqualTo(copy));
        });
    }

    private static GradingOptions Options(DueDate? due = null) =>
        new() { DueDates = new Dictionary<string, DueDate> { ["echo"] = due ?? Due } };

    private static Report Report(string student) =>
        new()
        {
            Student = student,
            Assignment = "echo",
            Outcome = Grade.Graded,
            MaxScore = 15,
            Checks = [Check("one", 15, isExtra: false), Check("two", 5, isExtra: true)],
        };

    private static CheckReport Check(string id, int points, bool isExtra) =>
        new()
        {
            Id = id,
            Lesson = "It runs",
            Title = id,
            Outcome = Outcome.Passed,
            Points = points,
            MaxPoints = points,
            Extra = isExtra,
        };

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
