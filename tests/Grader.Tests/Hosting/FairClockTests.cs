using Grader.Hosting;
using Grader.Tests.Support;

namespace Grader.Tests.Hosting;

internal sealed class FairClockTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    private readonly StoppedClock _wall = new();
    private TimeSpan _worked;
    private TimeSpan _waited;

    [Test]
    public void A_server_that_sleeps_uses_up_its_time()
    {
        var clock = new FairClock(Limit, _wall);

        Pass(clock, ticks: 4, worked: 0, waited: 0);

        Assert.That(clock.Verdict, Is.EqualTo(LimitVerdict.Struck));
    }

    [Test]
    public void A_server_that_waits_for_a_processor_does_not()
    {
        var clock = new FairClock(Limit, _wall);

        Pass(clock, ticks: 4, worked: 5, waited: 20);

        Assert.That(clock.Now.Fair, Is.EqualTo(TimeSpan.FromMilliseconds(40)), "the first look has nothing to compare");
        Assert.That(clock.Verdict, Is.Null);
    }

    [Test]
    public void A_machine_that_gives_a_server_nothing_is_found_at_four_times_the_limit()
    {
        var clock = new FairClock(Limit, _wall);

        Pass(clock, ticks: 15, worked: 1, waited: 24);
        Assert.That(clock.Verdict, Is.Null);
        Pass(clock, ticks: 1, worked: 1, waited: 24);

        Assert.That(clock.Verdict, Is.EqualTo(LimitVerdict.Starved));
    }

    [Test]
    public void What_the_grader_overslept_is_not_the_servers()
    {
        var clock = new FairClock(Limit, _wall);

        _wall.Advance(3 * Limit);
        clock.Count(sample: null);

        Assert.That(clock.Now, Is.EqualTo(new FairTime(2 * FairClock.Tick, 3 * Limit)));
        Assert.That(clock.Verdict, Is.Null);
    }

    [Test]
    public void A_limit_begins_to_count_when_it_is_started()
    {
        var clock = new FairClock(10 * Limit, _wall);
        _wall.Advance(Limit);
        var start = clock.Start();

        Pass(clock, ticks: 3, worked: 0, waited: 0);
        Assert.That(clock.Judge(start, Limit), Is.Null);
        Pass(clock, ticks: 1, worked: 0, waited: 0);

        Assert.That(clock.Judge(start, Limit), Is.EqualTo(LimitVerdict.Struck));
    }

    // In each tick so many milliseconds of work, and of waiting for it.
    private void Pass(FairClock clock, int ticks, int worked, int waited)
    {
        for (var tick = 0; tick < ticks; tick++)
        {
            _wall.Advance(FairClock.Tick);
            _worked += TimeSpan.FromMilliseconds(worked);
            _waited += TimeSpan.FromMilliseconds(waited);
            var thread = new ThreadTimes(Process: 1, IsAsleep: true, _worked, _waited);
            clock.Count(new ProcessSample(new Dictionary<int, ThreadTimes> { [1] = thread }));
        }
    }
}
