using Grader.Checks;
using Grader.Clients;

namespace Grader.Assignments.Echo;

/// <summary>A server serves whoever comes, whatever became of those before.</summary>
internal static class ClientsLesson
{
    private const int Length = 24;

    public static readonly Check SequentialClients = new()
    {
        Id = "sequential-clients",
        Name = "serves 25 clients one after the other",
        Points = 3,
        Teaches = "A listening socket gives a new connection for every client, for as long as the server runs.",
        Hint = "Accept in a loop, and close each client's socket, not the listening one.",
        Run = async bench =>
        {
            for (var client = 0; client < 25; client++)
            {
                await bench.EchoAsync(bench.Text(Length));
            }
        },
    };

    public static readonly Check SimultaneousClients = new()
    {
        Id = "simultaneous-clients",
        Name = "serves five clients that come together",
        Points = 4,
        Teaches = "Clients wait in the queue of the listening socket until the server accepts them.",
        Hint = "Listen with room for several clients, and keep what belongs to one apart from the others.",
        Run = bench => bench.EchoTogetherAsync([.. Enumerable.Range(0, 5).Select(_ => bench.Text(Length))]),
    };

    public static readonly Check EmptyConnection = new()
    {
        Id = "empty-connection",
        Name = "survives a client that says nothing",
        Points = 2,
        Teaches = "End of file can be the first thing that a receive reports.",
        Hint = "Expect zero bytes from the very first receive.",
        Run = async bench =>
        {
            await using (await bench.ConnectAsync())
            {
                // Nothing: connecting and leaving is all that this client does.
            }

            await bench.EchoAsync(bench.Text(Length));
        },
    };

    public static readonly Check AbruptReset = new()
    {
        Id = "abrupt-reset",
        Name = "survives a client that resets its connection",
        Points = 2,
        Teaches = "A peer may vanish at any time: then receive or send fails, for this client alone (RFC 9293 3.5.3).",
        Hint = "Catch the error of one client's connection, close it, and go on with the next.",
        Run = async bench =>
        {
            var client = await bench.ConnectAsync();
            await client.SendAsync(bench.Text(Length));
            await client.WaitUntilTakenAsync();
            client.Reset();
            await bench.SettleAsync();

            await bench.EchoAsync(bench.Text(Length));
        },
    };

    public static readonly Check HalfClose = new()
    {
        Id = "half-close",
        Name = "answers a client that has half-closed, then closes",
        Points = 2,
        Teaches =
            "The two directions of a connection close one by one: after the client's FIN the server may still send.",
        Hint = "At end of file send what is left, then close the connection.",
        Run = async bench =>
        {
            var client = await bench.ConnectAsync();
            var message = bench.Text(Length);
            await client.SendAsync(message);
            client.HalfClose();
            await client.ExpectAsync(message);
            await client.ExpectEndOfFileAsync();
        },
    };

    public static readonly Check InterleavedClients = new()
    {
        Id = "interleaved-clients",
        Name = "talks with five clients in turn",
        Points = 3,
        Extra = true,
        Teaches = "A server that waits for one client can hear no other; threads or readiness let it hear all.",
        Hint = "Give each client a thread, a task or a place in a select loop.",
        Run = async bench =>
        {
            var clients = new List<Client>();
            for (var client = 0; client < 5; client++)
            {
                clients.Add(await bench.ConnectAsync());
            }

            var message = bench.Text(Length);
            foreach (var client in Enumerable.Repeat(clients, 3).SelectMany(turn => turn))
            {
                message = bench.Text(Length);
                await client.ExchangeAsync(message, message);
            }

            foreach (var client in clients)
            {
                await client.FinishAsync(message);
            }
        },
    };

    public static readonly Check IdleClient = new()
    {
        Id = "idle-client",
        Name = "serves a client while others stay silent",
        Points = 3,
        Extra = true,
        Teaches = "A connection that says nothing must cost nobody else anything.",
        Hint = "Never wait for one client in a place where all others wait behind it.",
        Run = async bench =>
        {
            for (var client = 0; client < 3; client++)
            {
                await bench.ConnectAsync();
            }

            await bench.EchoAsync(bench.Text(Length));
        },
    };

    public static readonly Check ManyClients = new()
    {
        Id = "many-clients",
        Name = "serves 200 clients at once",
        Points = 3,
        Extra = true,
        Teaches = "How many clients a server takes is bounded by its resources, not by its plan for five.",
        Hint = "Put no small bound on threads or slots, and free what a client used when it leaves.",
        Run = async bench =>
        {
            var clients = new List<Client>();
            for (var client = 0; client < 200; client++)
            {
                clients.Add(await bench.ConnectAsync());
                await bench.WaitUntilAcceptedAsync();
            }

            // All of them first, so that 200 slow answers take no longer than one.
            var message = bench.Text(Length);
            foreach (var client in clients)
            {
                await client.SendAsync(message);
            }

            foreach (var client in clients)
            {
                await client.ExpectAsync(message);
            }

            foreach (var client in clients)
            {
                await client.FinishAsync(message);
            }
        },
    };

    public static readonly Lesson Value = new()
    {
        Title = "Many clients",
        Checks =
        [
            SequentialClients,
            SimultaneousClients,
            EmptyConnection,
            AbruptReset,
            HalfClose,
            InterleavedClients,
            IdleClient,
            ManyClients,
        ],
    };
}
