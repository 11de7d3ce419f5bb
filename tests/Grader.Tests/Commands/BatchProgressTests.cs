using Grader.Assignments;
using Grader.Batch;
using Grader.Checks;
using Grader.Commands;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

internal sealed class BatchProgressTests
{
    private static readonly Assignment Echo = Catalogue.All[0];
    private static readonly Check Unicode = Echo.Checks.Single(check => check.Id == "unicode");

    private readonly StoppedClock _clock = new();
    private readonly List<string> _log = [];
    private string _status = "";

    [SetUp]
    public void Forget() => _log.Clear();

    [Test]
    public void Whoever_watches_sees_what_is_done_what_runs_and_how_long_it_will_take()
    {
        var progress = Make(all: 10);
        using var _ = progress.Begin();
        Assert.That(_status, Is.EqualTo("0 of 10 done, 10 waiting"));

        progress.Keep(Report(score: 20));
        progress.Start(Work("anna"));
        progress.Start(Work("bob"));
        progress.Run(Work("anna"), Unicode);
        Assert.That(_status, Is.EqualTo("1 of 10 done, 7 waiting; now anna (unicode), bob (starting)"));

        progress.Finish(Work("anna"), Report(score: 19));
        progress.Finish(Work("bob"), Report(score: null));
        progress.Start(Work("carl"));
        _clock.Advance(TimeSpan.FromSeconds(30));
        progress.Finish(Work("carl"), Report(score: 20));
        // Three took 30 s, and six are left.
        Assert.That(_status, Is.EqualTo("4 of 10 done (1 lost points, 1 not graded), 6 waiting, about 60 s left"));
    }

    [TestCase(10, "about 110 s left")]
    [TestCase(60, "about 11 min left")]
    [TestCase(1800, "about 5.5 h left")]
    public void The_time_that_is_left_has_a_unit_to_its_size(int seconds, string left)
    {
        var progress = Make(all: 14);
        _clock.Advance(TimeSpan.FromSeconds(3 * seconds));
        foreach (var student in new[] { "anna", "bob", "carl" })
        {
            progress.Finish(Work(student), Report(score: 20));
        }

        Assert.That(progress.Describe(showsRunning: true), Does.EndWith(left));
    }

    [Test]
    public void Of_many_that_run_some_are_named()
    {
        var progress = Make(all: 9);
        foreach (var student in "abcdef")
        {
            progress.Start(Work($"{student}"));
        }

        Assert.That(_status, Does.EndWith("; now a (starting), b (starting), c (starting), d (starting) and 2 more"));
    }

    [Test]
    public void A_log_has_a_summary_a_minute()
    {
        var progress = Make(all: 3);
        using (progress.Begin())
        {
            progress.Start(Work("anna"));
            _clock.Advance(TimeSpan.FromSeconds(59));
            Assert.That(_log, Is.Empty);

            _clock.Advance(TimeSpan.FromSeconds(1));
            Assert.That(_log, Is.EqualTo(["0 of 3 done, 1 running, 2 waiting"]));

            progress.Finish(Work("anna"), Report(score: 20));
            _clock.Advance(TimeSpan.FromMinutes(1));
            Assert.That(_log[1..], Is.EqualTo(["1 of 3 done, 2 waiting"]));
        }

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(_log, Has.Count.EqualTo(2));
    }

    private BatchProgress Make(int all) => new(all, status => _status = status, _log.Add, _clock);

    private static Work Work(string student) => new(Echo, student, Submission: null);

    private static Report Report(int? score) =>
        new()
        {
            Student = "anna",
            Assignment = "echo",
            Outcome = score is null ? Grade.Error : Grade.Graded,
            Score = score,
            MaxScore = 20,
        };
}
