namespace Grader.Checks;

/// <summary>Where those wait for each other that are to ask at the same time.</summary>
/// <param name="count">How many they are.</param>
internal sealed class Meeting(int count)
{
    // A queue that is full lets the last one in when the first has been served, and no client may be made to wait for long.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = count;

    /// <summary>Tells that one is there, or is no longer to be waited for: whoever has gone home may be counted twice.</summary>
    public void Count()
    {
        if (Interlocked.Decrement(ref _missing) <= 0)
        {
            _all.TrySetResult();
        }
    }

    /// <summary>Tells that one is there, and waits for the others.</summary>
    public async Task AttendAsync(CancellationToken cancellationToken)
    {
        Count();
        await Task.WhenAny(_all.Task, Task.Delay(Patience, cancellationToken));
        cancellationToken.ThrowIfCancellationRequested();
    }
}
