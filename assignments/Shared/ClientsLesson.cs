using Grader.Checks;
using Grader.Clients;

namespace Grader.Assignments.Shared;

/// <summary>A server serves whoever comes, whatever became of those before.</summary>
internal static class ClientsLesson
{
    // In bytes, of a server that says something before it is asked.
    private const int Greeting = 4096;

    private static readonly Check SequentialClients = new()
    {
        Id = "sequential-clients",
        Name = "serves 25 clients one after the other",
        Points = 3,
        OnTheWire = "25 clients, one after the other: connect, ask, hear the reply, half-close, leave.",
        Teaches = "A listening socket gives a new connection for every client, for as long as the server runs.",
        Hint = "Accept in a loop, and close each client's socket, not the listening one.",
        Run = async bench =>
        {
            for (var client = 0; client < 25; client++)
            {
                await bench.AskAsync(bench.Next());
            }
        },
    };

    private static readonly Check SimultaneousClients = new()
    {
        Id = "simultaneous-clients",
        Name = "serves five clients that come together",
        Points = 4,
        OnTheWire =
            "Five clients connect at the same time and ask at once; each must hear the reply to its own request.",
        Teaches = "Clients wait in the queue of the listening socket until the server accepts them.",
        Hint = "Listen with room for several clients, and keep what belongs to one apart from the others.",
        Run = bench => bench.AskTogetherAsync([.. Enumerable.Range(0, 5).Select(_ => bench.Next())]),
    };

    private static readonly Check EmptyConnection = new()
    {
        Id = "empty-connection",
        Name = "survives a client that says nothing",
        Points = 2,
        OnTheWire =
            "One client connects and closes without a byte (FIN). Then another one asks, and must hear its reply.",
        Teaches = "End of file can be the first thing that a receive reports.",
        Hint = "Expect zero bytes from the very first receive.",
        Run = async bench =>
        {
            var client = await bench.ConnectAsync();
            await bench.SettleAsync();
            if (client.HasUnread)
            {
                // Whether bytes that nobody reads make a RST of its leaving would be chance.
                await client.ListenAsync(Greeting);
            }

            await client.CloseAsync();
            await bench.AskAsync(bench.Next());
        },
    };

    private static readonly Check AbruptReset = new()
    {
        Id = "abrupt-reset",
        Name = "survives a client that resets its connection",
        Points = 2,
        OnTheWire =
            "One client sends half a request, and throws its connection away without reading (RST). "
            + "Then another one asks, and must hear its reply.",
        Teaches = "A peer may vanish at any time: then receive or send fails, for this client alone (RFC 9293 3.5.3).",
        Hint = "Catch the error of one client's connection, close it, and go on with the next.",
        Run = async bench =>
        {
            var client = await bench.ConnectAsync();
            // Half a request: what the server keeps of it must not come in front of the next client's.
            var request = bench.Next().Request;
            await client.SendAsync(request[..(request.Length / 2)]);
            await client.WaitUntilTakenAsync();
            if (await bench.HasEndedAsync())
            {
                // Not for the reset, which never came.
                throw new CheckFailedException(
                    new Failure("a server that waits for the rest of a request", "it ended when it had half of it")
                    {
                        Symptom = Symptom.TurnedAway,
                    }
                );
            }

            await client.ResetAsync();
            await bench.SettleAsync();

            await bench.AskAsync(bench.Next());
        },
    };

    private static readonly Check HalfClose = new()
    {
        Id = "half-close",
        Name = "answers a client that has half-closed, then closes",
        Points = 2,
        OnTheWire = "The client asks, half-closes (FIN), and still reads: first the reply, then the server's own FIN.",
        Teaches =
            "The two directions of a connection close one by one: after the client's FIN the server may still send.",
        Hint = "At end of file send what is left, then close the connection.",
        Run = async bench =>
        {
            var client = await bench.ConnectAsync();
            var exchange = bench.Next();
            await client.SendLastAsync(exchange.Request);
            await exchange.ExpectAsync(client);
            await client.ExpectEndOfFileAsync(exchange.IsHarmless);
        },
    };

    private static readonly Check InterleavedClients = new()
    {
        Id = "interleaved-clients",
        Name = "talks with five clients in turn",
        Points = 3,
        Extra = true,
        OnTheWire =
            "Five clients stay connected and take turns, three times around; each must hear its reply before "
            + "the next one asks.",
        Teaches = "A server that waits for one client can hear no other; threads or readiness let it hear all.",
        Hint = "Give each client a thread, a task or a place in a select loop.",
        Run = async bench =>
        {
            var clients = new List<Client>();
            try
            {
                for (var client = 0; client < 5; client++)
                {
                    clients.Add(await bench.ConnectAsync());
                    await bench.SettleAsync();
                }

                for (var turn = 0; turn < 3; turn++)
                {
                    foreach (var client in clients)
                    {
                        await client.ExchangeAsync(bench.Next());
                    }
                }
            }
            catch (CheckFailedException)
                when (clients.Count < 5 || clients.Exists(client => !client.HasReceived && client.Ending != Ending.None)
                )
            {
                // Whether a server that ends just now still has its socket, is a matter of timing.
                throw new CheckFailedException(
                    new Failure(
                        "a server that takes each of five clients",
                        "one was turned away: refused, or closed before a byte came"
                    )
                    {
                        Symptom = Symptom.TurnedAway,
                    }
                );
            }

            foreach (var client in clients)
            {
                await bench.Next().FinishAsync(client);
            }
        },
    };

    private static readonly Check IdleClient = new()
    {
        Id = "idle-client",
        Name = "serves a client while others stay silent",
        Points = 3,
        Extra = true,
        OnTheWire =
            "Three clients connect and say nothing. A fourth one asks, and must hear its reply while they are "
            + "still there.",
        Teaches = "A connection that says nothing must cost nobody else anything.",
        Hint = "Never wait for one client in a place where all others wait behind it.",
        Run = async bench =>
        {
            for (var client = 0; client < 3; client++)
            {
                await bench.ConnectAsync();
                await bench.SettleAsync();
            }

            await bench.AskAsync(bench.Next());
        },
    };

    private static readonly Check ManyClients = new()
    {
        Id = "many-clients",
        Name = "serves 200 clients at once",
        Points = 3,
        Extra = true,
        OnTheWire = "200 clients connect and stay. Then all of them ask, and all must hear their replies.",
        Teaches = "How many clients a server takes is bounded by its resources, not by its plan for five.",
        Hint = "Put no small bound on threads or slots, and free what a client used when it leaves.",
        Run = async bench =>
        {
            var clients = new List<Client>();
            for (var client = 0; client < 200; client++)
            {
                clients.Add(await bench.ConnectAsync());
                // What a server does when one has come, it does before the next one comes.
                await (client == 0 ? bench.SettleAsync() : bench.PaceAsync());
            }

            // All of them first, so that 200 slow answers take no longer than one.
            var exchange = bench.Next();
            foreach (var client in clients)
            {
                await client.SendAsync(exchange.Request);
            }

            foreach (var client in clients)
            {
                await exchange.ExpectAsync(client);
            }

            foreach (var client in clients)
            {
                await exchange.FinishAsync(client);
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
