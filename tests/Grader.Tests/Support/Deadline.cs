namespace Grader.Tests.Support;

/// <summary>Waits for events that nothing announces, and no longer than a generous limit.</summary>
internal static class Deadline
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(10);

    /// <summary>A token that is cancelled when the limit is over.</summary>
    public static CancellationToken Token() => new CancellationTokenSource(Limit).Token;

    /// <summary>Looks again and again until the condition holds; the test fails when it never does.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var token = Token();
        while (!condition())
        {
            if (token.IsCancellationRequested)
            {
                Assert.Fail($"Waited {Limit.TotalSeconds} s in vain: {what}.");
            }

            await Task.Delay(BetweenLooks, CancellationToken.None);
        }
    }
}
