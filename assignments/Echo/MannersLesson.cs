using Grader.Checks;

namespace Grader.Assignments.Echo;

/// <summary>A server is a guest on its machine.</summary>
internal static class MannersLesson
{
    private const int Length = 24;

    public static readonly Check ClosesConnections = new()
    {
        Id = "closes-connections",
        Name = "closes its side when clients have left",
        Points = 1,
        After = MessageLesson.ShortMessage.Id,
        Teaches = "A connection is gone only when both sides have closed it; an open one costs a descriptor.",
        Hint = "Close the client's socket on every way out of your loop.",
        Run = async bench =>
        {
            // What a runtime opens once and for all, it opens for the first client.
            await bench.EchoAsync(bench.Text(Length));
            await bench.SettleAsync();
            var before = bench.Server.CountDescriptors();
            for (var client = 0; client < 10; client++)
            {
                await bench.EchoAsync(bench.Text(Length));
            }

            await bench.ExpectDescriptorsAsync(before);
        },
    };

    public static readonly Check IdlesQuietly = new()
    {
        Id = "idles-quietly",
        Name = "rests when there is nothing to do",
        Points = 1,
        After = MessageLesson.ShortMessage.Id,
        Teaches = "A blocking call costs no processor time; asking again and again costs a whole core.",
        Hint = "Leave the loop at end of file, and let accept, receive or select wait for you.",
        Run = async bench =>
        {
            await using (await bench.ConnectAsync())
            {
                await bench.ExpectQuietAsync("while a client is silent");
            }

            await bench.ExpectQuietAsync("after all clients have left");
        },
    };

    public static readonly Check StopsOnInterrupt = new()
    {
        Id = "stops-on-interrupt",
        Name = "ends at Ctrl-C",
        Points = 1,
        Extra = true,
        After = MessageLesson.ShortMessage.Id,
        Teaches = "SIGINT asks a program to end; who starts a server must be able to stop it.",
        Hint = "Do not swallow the interrupt; let no thread keep the process alive.",
        Run = bench => bench.InterruptAsync(TimeSpan.FromSeconds(2)),
    };

    public static readonly Check RestartsOnItsPort = new()
    {
        Id = "restarts-on-its-port",
        Name = "can be started again at once",
        Points = 1,
        Extra = true,
        After = MessageLesson.ShortMessage.Id,
        Teaches =
            "An old connection holds the port for minutes (TIME-WAIT, RFC 9293 3.6.1) unless SO_REUSEADDR is set.",
        Hint = "Set SO_REUSEADDR on the listening socket before you bind it.",
        Run = async bench =>
        {
            var client = await bench.ConnectAsync();
            var message = bench.Text(Length);
            await client.ExchangeAsync(message, message);
            await bench.RestartInPlaceAsync();

            await bench.EchoAsync(message);
        },
    };

    // A server that serves one client and ends loses the checks about clients, not these.
    public static readonly Lesson Value = new()
    {
        Title = "Good manners",
        RestartsQuietly = true,
        Checks = [ClosesConnections, IdlesQuietly, StopsOnInterrupt, RestartsOnItsPort],
    };
}
