using Grader.Hosting;

namespace Grader.Launching;

/// <summary>What a program turned out to do when it was left alone for a moment.</summary>
public enum Settled
{
    /// <summary>All its threads sleep: it waits for the other side.</summary>
    Asleep,

    /// <summary>No process of it is left.</summary>
    Ended,

    /// <summary>It goes on working.</summary>
    Busy,
}

/// <summary>The sleep in which a program was found.</summary>
/// <param name="Since">The timestamp from which on it slept.</param>
/// <param name="Sample">What was seen of it last.</param>
public sealed record Sleep(long Since, ProcessSample Sample);

/// <summary>Waits until a program has done what it is about to do.</summary>
public static class Settling
{
    /// <summary>Long enough to tell a sleeping program from one between two instructions.</summary>
    public static readonly TimeSpan Briefly = TimeSpan.FromMilliseconds(1);

    // So much processor time that a server which only cleans up would be done; on a busy machine it takes longer to get it.
    private static readonly TimeSpan Work = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    // Where threads cannot be seen, so long without processor time, which is counted in steps of 10 ms and more.
    private static readonly TimeSpan Plainly = TimeSpan.FromMilliseconds(100);

    public static Task<Settled> SettleAsync(
        this StudentProgram program,
        TimeSpan asleep,
        CancellationToken cancellationToken,
        bool goesOn = false
    ) => program.SettleAsync(asleep, Longest, cancellationToken, goesOn);

    /// <param name="program">The program.</param>
    /// <param name="asleep">For how long it must sleep without a break.</param>
    /// <param name="longest">When it could have run for this time it is busy, whatever it does.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="goesOn">
    /// Whether the sleep counts in which it was found before, where it has not run since: for those who have done nothing
    /// meanwhile that could wake it.
    /// </param>
    public static async Task<Settled> SettleAsync(
        this StudentProgram program,
        TimeSpan asleep,
        TimeSpan longest,
        CancellationToken cancellationToken,
        bool goesOn = false
    )
    {
        if (!program.Host.CanObserve && asleep < Plainly)
        {
            asleep = Plainly;
        }

        var start = TimeProvider.System.GetTimestamp();
        var first = program.SampleTimed();
        var last = first;
        var since = start;
        if (goesOn && program.Sleep is { } sleep && program.Host.CanObserve && first.HasNotRunSince(sleep.Sample))
        {
            since = sleep.Since;
            if (TimeProvider.System.GetElapsedTime(since) >= asleep)
            {
                return Settled.Asleep;
            }
        }

        var lastLook = start;
        var could = TimeSpan.Zero;
        for (
            var look = 0;
            could < longest
                && TimeProvider.System.GetElapsedTime(start) < FairClock.Patience * longest
                && last.WorkedSince(first) < Work;
            look++
        )
        {
            await Pause.AfterLookAsync(look, cancellationToken, program.PauseBeforeLook);
            var sample = program.SampleTimed();
            // Whoever shows a thread has not ended; where threads cannot be seen, there is always one.
            if ((sample.Threads.Count == 0 || !program.Host.CanObserve) && program.HasEnded)
            {
                return Settled.Ended;
            }

            var now = TimeProvider.System.GetTimestamp();
            var passed = TimeProvider.System.GetElapsedTime(lastLook, now);
            could += sample.CouldRunSince(last, passed);
            var isQuiet = IsQuiet(last, sample, passed);
            lastLook = now;
            if (!isQuiet)
            {
                since = TimeProvider.System.GetTimestamp();
            }
            else if (TimeProvider.System.GetElapsedTime(since) >= asleep)
            {
                program.Sleep = new Sleep(since, sample);
                return Settled.Asleep;
            }

            last = sample;
        }

        return Settled.Busy;
    }

    // Helper threads of a runtime wake for microseconds now and then.
    private static bool IsQuiet(ProcessSample last, ProcessSample sample, TimeSpan passed) =>
        last.IsAsleep && sample.IsAsleep && sample.LoadSince(last, passed) < 0.2;
}
