namespace Grader.Hosting;

/// <summary>Pauses between two looks at the kernel's tables, for events that nothing announces.</summary>
internal static class Pause
{
    private const int BriefLooks = 3;
    private const int LongLooks = 35;

    // The runtime's timers tick every 4 ms or more, and what we wait for mostly happens within one; the second pause is
    // twice as long as the first, and the third twice as long again.
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(0.3);
    private static readonly TimeSpan Long = TimeSpan.FromMilliseconds(3);

    // What has not happened within a tenth of a second is worth a look now and then: looks cost the others processor time.
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(15);

    /// <param name="look">How many looks there were; the first ones come close together.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <param name="least">How long the pause is at least, where that is longer than those.</param>
    public static Task AfterLookAsync(int look, CancellationToken cancellationToken, TimeSpan least = default)
    {
        if (
            look >= BriefLooks
            || least > Long
            || OperatingSystem.IsWindows()
            || cancellationToken.IsCancellationRequested
        )
        {
            var pause = look < LongLooks ? Long : Longest;
            return Task.Delay(least > pause ? least : pause, cancellationToken);
        }

        Native.Sleep(Brief * (1 << look));
        return Task.CompletedTask;
    }
}
