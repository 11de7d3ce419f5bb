using Grader.Checks;

namespace Grader.Assignments.Shared;

/// <summary>A server is a guest on its machine.</summary>
internal static class MannersLesson
{
    private static readonly Check ClosesConnections = new()
    {
        Id = "closes-connections",
        Name = "closes its side when clients have left",
        Points = 1,
        LooksInside = true,
        OnTheWire =
            "One client asks and leaves, and the server's open descriptors are counted; after ten more, they "
            + "must be as many again.",
        Teaches = "A connection is gone only when both sides have closed it; an open one costs a descriptor.",
        Hint = "Close the client's socket on every way out of your loop.",
        Run = async bench =>
        {
            // What a runtime opens once and for all, it opens for the first client.
            await bench.AskAsync(bench.Next());
            await bench.SettleAsync();
            var before = bench.Server.CountDescriptors();
            for (var client = 0; client < 10; client++)
            {
                await bench.AskAsync(bench.Next());
            }

            await bench.ExpectDescriptorsAsync(before);
        },
    };

    private static readonly Check IdlesQuietly = new()
    {
        Id = "idles-quietly",
        Name = "rests when there is nothing to do",
        Points = 1,
        // It counts all processes of the server, and in plain mode only the first can be seen.
        LooksInside = true,
        OnTheWire =
            "A client connects and stays silent, and leaves; each time the server must have a moment with under"
            + " 10 % of a core.",
        Teaches = "A blocking call costs no processor time; asking again and again costs a whole core.",
        Hint = "Leave the loop at end of file, and let accept, receive or select wait for you.",
        Run = async bench =>
        {
            await using (await bench.ConnectAsync())
            {
                await bench.ExpectQuietAsync();
            }

            await bench.ExpectQuietAsync();
        },
    };

    private static readonly Check StopsOnInterrupt = new()
    {
        Id = "stops-on-interrupt",
        Name = "ends at Ctrl-C",
        Points = 1,
        Extra = true,
        Interrupts = true,
        OnTheWire = "Sends the server SIGINT, as Ctrl-C does; it must have ended two seconds later.",
        Teaches = "SIGINT asks a program to end; who starts a server must be able to stop it.",
        Hint = "Do not swallow the interrupt; let no thread keep the process alive.",
        Run = bench => bench.InterruptAsync(TimeSpan.FromSeconds(2)),
    };

    private static readonly Check RestartsOnItsPort = new()
    {
        Id = "restarts-on-its-port",
        Name = "can be started again at once",
        Points = 1,
        Extra = true,
        OnTheWire =
            "A client asks, and while it is connected the server is killed and started again on the same port; "
            + "then another one asks.",
        Teaches =
            "An old connection holds the port for minutes (TIME-WAIT, RFC 9293 3.6.1) unless SO_REUSEADDR is set.",
        Hint = "Set SO_REUSEADDR on the listening socket before you bind it.",
        Run = async bench =>
        {
            var client = await bench.ConnectAsync();
            await client.ExchangeAsync(bench.Next());
            await bench.RestartInPlaceAsync();

            await bench.AskAsync(bench.Next());
        },
    };

    /// <param name="check">The id of the check without which these mean nothing.</param>
    public static Lesson After(string check) =>
        new()
        {
            Title = "Good manners",
            // A server that serves one client and ends loses the checks about clients, not these.
            RestartsQuietly = true,
            Checks =
            [
                .. new[] { ClosesConnections, IdlesQuietly, StopsOnInterrupt, RestartsOnItsPort }.Select(manner =>
                    manner with
                    {
                        After = check,
                    }
                ),
            ],
        };
}
