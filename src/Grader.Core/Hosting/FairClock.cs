namespace Grader.Hosting;

/// <summary>What a limit came to.</summary>
public enum LimitVerdict
{
    /// <summary>The program had all the time that the limit gives.</summary>
    Struck,

    /// <summary>The machine let the program run for so little of four times the limit that nothing can be said of it.</summary>
    Starved,
}

/// <summary>An instant of a <see cref="FairClock"/>: the time in which the server could have run, and what a wall clock shows.</summary>
public readonly record struct FairTime(TimeSpan Fair, TimeSpan Wall);

/// <summary>
/// Counts the time in which a submission's builds and servers could have run: what they wait for a processor or a disk is not
/// theirs, and neither is what the grader itself overslept.
/// </summary>
public sealed class FairClock(TimeSpan limit, TimeProvider time)
{
    /// <summary>How often whoever waits for a server looks at it.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);

    /// <summary>How many times a limit passes on the wall before a machine counts as too busy to judge anybody.</summary>
    public const int Patience = 4;

    private readonly Lock _lock = new();
    private long _last = time.GetTimestamp();
    private ProcessSample? _sample;
    private FairTime _now;

    /// <summary>Told when all that is done is to wait for a server that sleeps, and when that is over.</summary>
    public Action<bool>? Rests { get; init; }

    /// <summary>What the limit of all the time counted came to; null while it lasts.</summary>
    public LimitVerdict? Verdict { get; private set; }

    public FairTime Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    /// <summary>Counts the time since the last call.</summary>
    /// <param name="sample">What the server did in it; null where there is none to look at.</param>
    public void Count(ProcessSample? sample)
    {
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var passed = time.GetElapsedTime(_last, now);
            // On a busy machine our own sleep is longer than a tick.
            var fair = passed < 2 * Tick ? passed : 2 * Tick;
            if (sample is not null && _sample is not null)
            {
                var could = sample.CouldRunSince(_sample, passed);
                fair = fair < could ? fair : could;
            }

            _last = now;
            _sample = sample;
            _now = new FairTime(_now.Fair + fair, _now.Wall + passed);
            Verdict ??= Judge(default, limit);
        }
    }

    /// <summary>Likewise, at most once a tick, so that it can be called from a loop of close looks.</summary>
    public void CountAtTick(Func<ProcessSample> sample)
    {
        if (time.GetElapsedTime(_last) >= Tick)
        {
            Count(sample());
        }
    }

    /// <summary>Leaves out the time since the last call, and begins to count a limit.</summary>
    public FairTime Start()
    {
        lock (_lock)
        {
            _last = time.GetTimestamp();
            _sample = null;
            return _now;
        }
    }

    /// <returns>What a limit that began at <paramref name="start"/> came to; null while it lasts.</returns>
    public LimitVerdict? Judge(FairTime start, TimeSpan limit) =>
        Now.Fair - start.Fair >= limit ? LimitVerdict.Struck
        : Now.Wall - start.Wall >= Patience * limit ? LimitVerdict.Starved
        : null;
}
