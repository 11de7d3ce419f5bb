using System.Net;
using System.Net.Sockets;
using System.Text;
using Grader.Clients;
using Grader.Hosting;
using Grader.Launching;
using Grader.Transcripts;

namespace Grader.Checks;

/// <summary>What a running check holds: it connects clients to the server, and looks at the server from outside.</summary>
public sealed class Bench : IAsyncDisposable
{
    // Printable ASCII without the blank: no byte of it can be stripped, translated or decoded in another way.
    private const int FirstPrintable = '!';
    private const int Printables = '~' - FirstPrintable + 1;

    // A runtime's own bookkeeping, such as a heap that grows once.
    private const long MemorySlack = 4 << 20;

    // Where the queue cannot be seen: longer than an accept takes, and 200 times of it shorter than a check.
    private static readonly TimeSpan PlainPace = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan StreamTime = TimeSpan.FromSeconds(2);

    // Who is suspected must be seen with the whole of longer streams; of the time in which the server could have run.
    private static readonly TimeSpan LongStreamTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AllStreamsTime = 2 * LongStreamTime;

    private const int MostStreams = 8;
    private const int EnoughStreams = 2;

    // Of the memory that it may have: more than a runtime that collects garbage lets pile up, and less than ends it.
    private const double MuchMemory = 0.75;

    private const double QuietShare = 0.1;
    private static readonly TimeSpan LoadWindow = TimeSpan.FromMilliseconds(200);

    // More processor time than a runtime needs to finish what its clients left it to do.
    private static readonly TimeSpan QuietWork = TimeSpan.FromSeconds(1.5);

    private readonly Stage _stage;
    private readonly Watch _watch;
    private readonly Transcript _transcript;
    private readonly Assignment _assignment;
    private readonly ClientBench? _clientBench;
    private readonly bool _restartsQuietly;
    private readonly bool _isAboutErrors;
    private readonly Random _random;
    private readonly List<Client> _clients = [];
    private int _labels;

    internal Bench(
        Stage stage,
        Watch watch,
        Transcript transcript,
        Assignment assignment,
        string seed,
        Lesson? lesson = null,
        ClientBench? clients = null
    )
    {
        _stage = stage;
        _watch = watch;
        _transcript = transcript;
        _assignment = assignment;
        _clientBench = clients;
        _restartsQuietly = lesson?.RestartsQuietly == true;
        _isAboutErrors = lesson?.IsAboutErrors == true;
        // The same bytes in every run; string.GetHashCode is another in every process.
        _random = new Random(Encoding.ASCII.GetBytes(seed).Aggregate(17, (hash, value) => (hash * 31) + value));
    }

    /// <summary>The server at hand.</summary>
    public Server Server => _stage.Server ?? throw new InvalidOperationException("The check has ended its server.");

    /// <summary>Reproducible bytes that no server has a reason to change, unless it changes bytes.</summary>
    public byte[] Text(int length)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            bytes[i] = (byte)(FirstPrintable + _random.Next(Printables));
        }

        return bytes;
    }

    /// <summary>A reproducible whole number from 0, below <paramref name="limit"/>.</summary>
    public int Number(int limit) => _random.Next(limit);

    /// <summary>An exchange of the assignment's protocol, another one each time.</summary>
    public Exchange Next() =>
        _assignment.Exchange?.Invoke(this) ?? throw new InvalidOperationException("The assignment is not a server's.");

    /// <summary>Runs the client at hand.</summary>
    public ClientBench Clients =>
        _clientBench ?? throw new InvalidOperationException("The assignment is not a client's.");

    /// <summary>Runs the client at hand against the server at hand; what they say is passed on by a relay.</summary>
    public async Task<ClientRun> RunPairAsync(Errand errand)
    {
        await FindFormAsync(errand);
        _stage.CountConnection();
        return await Clients.RunAsync(errand, Server);
    }

    /// <summary>Likewise several clients at the same time.</summary>
    public async Task<IReadOnlyList<ClientRun>> RunPairsTogetherAsync(params Errand[] errands)
    {
        await FindFormAsync(errands[0]);
        Array.ForEach(errands, _ => _stage.CountConnection());
        return await Clients.RunTogetherAsync(errands, Server);
    }

    /// <summary>An errand for the client, another one each time.</summary>
    /// <param name="isTrue">Whether the reply is the one that a right server gives, and not another that looks like it.</param>
    public Errand NextErrand(bool isTrue = false) =>
        _assignment.Errand?.Invoke(this, isTrue)
        ?? throw new InvalidOperationException("The assignment is not a client's.");

    /// <summary>A new client, connected; patient with a full backlog.</summary>
    /// <exception cref="CheckFailedException">The server does not accept it.</exception>
    public async Task<Client> ConnectAsync(int? receiveBuffer = null)
    {
        var label = $"client {Letters(Interlocked.Increment(ref _labels) - 1)}";
        var socket = await TryConnectAsync(receiveBuffer);
        if (socket is null && _restartsQuietly && _stage.HasServed && await HasEndedWellAsync())
        {
            socket = await TryConnectAsync(receiveBuffer);
        }

        _watch.Moved();
        var (deed, told) = socket is null ? (Deed.IsRefused, "is refused") : (Deed.Connects, "connects");
        _transcript.Note(label, deed, told);
        _stage.CountConnection();
        var client = new Client(socket ?? throw Refused(), Server, _watch, _transcript, label, _stage.MarkServed);
        lock (_clients)
        {
            _clients.Add(client);
        }

        return client;
    }

    /// <summary>A conversation on a connection of its own; one that goes wrong leaves it open, as evidence.</summary>
    public async Task TalkAsync(Func<Client, Task> talk, int? receiveBuffer = null)
    {
        for (var mayRetry = _restartsQuietly && _stage.HasServed; ; mayRetry = false)
        {
            var client = await ConnectAsync(receiveBuffer);
            try
            {
                await talk(client);
                return;
            }
            catch (CheckFailedException) when (mayRetry && !client.HasReceived && client.Ending != Ending.None)
            {
                // A server that was about to end when this client came never took it: its next run may.
                if (!await HasEndedWellAsync())
                {
                    throw;
                }

                await client.DisposeAsync();
            }
        }
    }

    /// <summary>One exchange on a connection of its own.</summary>
    /// <exception cref="CheckFailedException">The reply is wrong, or does not come.</exception>
    public Task AskAsync(Exchange exchange) => TalkAsync(exchange.ConverseAsync);

    /// <summary>Several exchanges at the same time, a connection each.</summary>
    /// <exception cref="CheckFailedException">One reply is wrong; which one, is decided by chance.</exception>
    public async Task AskTogetherAsync(IReadOnlyList<Exchange> exchanges)
    {
        var meeting = new Meeting(exchanges.Count);
        var asking = exchanges.Select(exchange => AskWithOthersAsync(exchange, meeting)).ToList();
        try
        {
            await Task.WhenAll(asking);
        }
        catch (CheckFailedException)
        {
            var failures = asking
                .Select(task => task.Exception?.InnerException)
                .OfType<CheckFailedException>()
                .Select(e => e.Failure);
            // Whose it is, is chance: a server that serves one after the other may have begun with any of them.
            // Wrong bytes say more than right ones that end too early, and those more than none.
            var worst = failures.MaxBy(failure =>
                (failure.Reply?.Wrong.Length ?? -1, failure.Reply?.Matched ?? -1, failure.Reply?.Ending)
            )!;
            throw new CheckFailedException(
                worst with
                {
                    Expected = $"the right reply for each of {exchanges.Count} clients that come together",
                    Actual = "another one, or none, for at least one of them",
                    Caret = null,
                    Hint = null,
                    Client = null,
                    DependsOnTiming = true,
                }
            );
        }
    }

    /// <summary>Gives the server time to accept who has connected, so that many clients do not overflow its queue.</summary>
    public async Task PaceAsync()
    {
        if (!Server.Host.CanObserve)
        {
            await Task.Delay(PlainPace, _watch.Token);
            return;
        }

        if (HasQueue)
        {
            await Task.Delay(Server.PauseBeforeLook, _watch.Token);
            if (HasQueue)
            {
                await SettleAsync();
            }
        }
    }

    // Whether a server has to do with two of them at once would be chance, if each asked as soon as it can.
    private async Task AskWithOthersAsync(Exchange exchange, Meeting meeting)
    {
        try
        {
            await TalkAsync(async client =>
            {
                await meeting.AttendAsync(_watch.Token);
                await exchange.ConverseAsync(client);
            });
        }
        finally
        {
            // One that never came is not waited for.
            meeting.Count();
        }
    }

    private bool HasQueue => Server.Host.FindListener(Server.Listens) is { ReceiveQueue: > 0 };

    /// <summary>Streams blocks through one connection, as many bytes as pass in two seconds, and at most so many.</summary>
    /// <exception cref="CheckFailedException">The server's memory grew with what passed.</exception>
    public async Task StreamAsync(int block, long most)
    {
        var bytes = Text(block);
        await TalkAsync(async client =>
        {
            var (_, grew) = await StreamAsync(client, bytes, most, StreamTime);
            if (grew && await KeepsGrowingAsync(client, bytes, most))
            {
                throw new CheckFailedException(
                    new Failure(
                        "memory that stays bounded while a stream passes",
                        "it grows with every byte that passes"
                    )
                    {
                        Symptom = Symptom.MemoryGrows,
                        // As much passed as the machine had time for.
                        DependsOnTiming = true,
                    }
                );
            }

            await client.FinishAsync();
        });
    }

    /// <summary>Waits until the server holds no more descriptors than <paramref name="most"/>.</summary>
    /// <exception cref="CheckFailedException">It sleeps, and holds more.</exception>
    public async Task ExpectDescriptorsAsync(int most)
    {
        using var wait = _watch.Wait();
        try
        {
            for (var look = 0; Server.CountDescriptors() > most; look++)
            {
                await Pause.AfterLookAsync(look, _watch.Token);
            }
        }
        catch (OperationCanceledException) when (_watch.Finding is not null)
        {
            throw new CheckFailedException(
                new Failure("as many open descriptors as before the clients came", "more, after the clients have left")
                {
                    Symptom = Symptom.HoldsDescriptors,
                }
            );
        }
    }

    /// <summary>Expects a window in which the server uses almost no processor time.</summary>
    /// <exception cref="CheckFailedException">It works in every window.</exception>
    public async Task ExpectQuietAsync()
    {
        // A runtime may still be compiling what has just run; a server that spins never stops.
        var first = Server.Sample();
        var last = first;
        while (last.WorkedSince(first) < QuietWork)
        {
            var before = last;
            var start = TimeProvider.System.GetTimestamp();
            await Task.Delay(LoadWindow, _watch.Token);
            last = Server.Sample();
            var passed = TimeProvider.System.GetElapsedTime(start);
            // Whoever waited for a processor, and got none, has not rested.
            if (last.LongestWaitSince(before, passed) < passed / 2 && last.LoadSince(before, passed) < QuietShare)
            {
                return;
            }
        }

        var isAlone = IsAlone;
        var when = isAlone ? "after all clients have left" : "while a client is silent";
        throw new CheckFailedException(
            new Failure($"under {QuietShare * 100:0} % of a core {when}", "it works all the time, with nothing to do")
            {
                Symptom = isAlone ? Symptom.BusyAlone : Symptom.BusyWithSilentClient,
            }
        );
    }

    /// <summary>Lets the server finish what it is doing.</summary>
    public Task SettleAsync() => Server.SettleAsync(Settling.Briefly, _watch.Token);

    /// <summary>Whether the server has ended of its own accord once it has done what it was about to do.</summary>
    public async Task<bool> HasEndedAsync() =>
        await Server.SettleAsync(Settling.Briefly, _watch.Token) == Settled.Ended;

    /// <summary>Expects the server to be there when nobody talks to it.</summary>
    /// <param name="expected">"a server that waits for clients".</param>
    /// <exception cref="CheckFailedException">It has ended.</exception>
    public async Task ExpectAliveAsync(string expected)
    {
        if (await HasEndedAsync() || !Server.IsListening)
        {
            throw new CheckFailedException(
                new Failure(expected, "it listened, and stopped") { Symptom = Symptom.Gone }
            );
        }
    }

    /// <summary>Sends SIGINT, as Ctrl-C does; the server is gone afterwards in any case.</summary>
    /// <exception cref="CheckFailedException">It did not end within <paramref name="limit"/>.</exception>
    public async Task InterruptAsync(TimeSpan limit)
    {
        var server = Server;
        _transcript.Note("server", Deed.Other, "gets SIGINT");
        server.Interrupt();
        var start = _watch.Now;
        while (!server.HasEnded && _watch.Now.Fair - start.Fair < limit)
        {
            await Task.Delay(5, _watch.Token);
        }

        var hasEnded = server.HasEnded;
        await _stage.DropAsync();
        if (!hasEnded)
        {
            throw new CheckFailedException(
                new Failure($"an end within {Grader.Text.Duration(limit)} after SIGINT", "it runs on")
                {
                    Server = "is running",
                    IsByTime = true,
                    Symptom = Symptom.RunsOn,
                }
            );
        }
    }

    /// <summary>Kills the server, and starts it again at once on the port that it had.</summary>
    /// <exception cref="CheckFailedException">It does not listen there again.</exception>
    public async Task RestartInPlaceAsync()
    {
        const string Again = "a server that listens on its port again";
        var listened = Server.Listens;
        _transcript.Note("server", Deed.Other, "is killed and started again");
        Server server;
        try
        {
            server = await _stage.RestartInPlaceAsync();
        }
        catch (CheckFailedException e)
        {
            // It started once before: what helps a server that never starts does not help here.
            throw new CheckFailedException(
                e.Failure with
                {
                    Expected = Again,
                    Hint = null,
                    Symptom = Symptom.NotRestarted,
                }
            );
        }

        if (server.Listens.Port != listened.Port)
        {
            throw new CheckFailedException(
                new Failure(Again, "it listens on another port")
                {
                    // Who takes the next free port found its own taken; who took any at the first start takes any.
                    Symptom = listened.Port == server.AssignedPort ? Symptom.NotRestarted : Symptom.Other,
                }
            );
        }
    }

    public async ValueTask DisposeAsync()
    {
        _transcript.End();
        foreach (var client in _clients)
        {
            // What the server does when they leave, it does before the next check looks whether it rests.
            await (
                !client.HasLeft && client.IsWith(_stage.Server) ? client.CloseAsync() : client.DisposeAsync().AsTask()
            );
        }
    }

    /// <summary>Whether another client than this one has got its reply.</summary>
    /// <param name="label">The client that got none.</param>
    /// <param name="reply">What it should have got.</param>
    internal bool HasMisdelivered(string label, ReadOnlyMemory<byte> reply)
    {
        lock (_clients)
        {
            return _clients.Exists(client => client.Label != label && client.HasSurplus(reply.Span.Trim(" \r\n"u8)));
        }
    }

    /// <summary>A crash after the last reply is a failure of the check at hand.</summary>
    internal async Task VerifyNoCrashAsync(CancellationToken cancellationToken)
    {
        if (_stage.Server is not { } server)
        {
            return;
        }

        if (await server.SettleAsync(Settling.Briefly, cancellationToken) != Settled.Ended)
        {
            _stage.NoteAfterClient(null);
        }
        else if (!await IsForgivenAsync(server))
        {
            var code = await server.GetExitCodeAsync();
            throw new CheckFailedException(
                new Failure("a server that lives on after the conversation", $"it {server.DescribeEnd(code)}")
                {
                    Symptom = Symptom.Gone,
                }
            );
        }
    }

    private bool IsAlone
    {
        get
        {
            lock (_clients)
            {
                return _clients.TrueForAll(client => client.HasLeft);
            }
        }
    }

    // What the server bore while ways to start the client were tried is no matter of the pair.
    private async Task FindFormAsync(Errand errand)
    {
        if (!Clients.KnowsForm)
        {
            await Clients.FindFormAsync(errand, FindLivingServerAsync);
            await _stage.StartAsync();
        }
    }

    private async Task<Server> FindLivingServerAsync()
    {
        await _stage.PrepareAsync();
        return Server;
    }

    // A to Z, then AA, AB ...
    private static string Letters(int index) =>
        (index < 26 ? "" : Letters((index / 26) - 1)) + (char)('A' + (index % 26));

    private static CheckFailedException Refused() =>
        new(
            new Failure("a server that accepts the next client", "it was refused: nothing listens any more")
            {
                Symptom = Symptom.TurnedAway,
            }
        );

    // A server that is about to end still has its socket: only when it rests is it known to serve the next client.
    // One that has ended refuses whoever comes, whether its socket had gone before that was seen or not.
    private async Task<bool> FindServerAsync()
    {
        var hasEnded = IsAlone
            ? await Server.SettleAsync(Settling.Briefly, _watch.Token) == Settled.Ended
            : Server.HasEnded;
        if (!hasEnded)
        {
            if (IsAlone)
            {
                _stage.NoteAfterClient(null);
            }

            return true;
        }

        if (!_restartsQuietly || !_stage.HasServed || !await IsForgivenAsync(Server))
        {
            return false;
        }

        var end = Server.DescribeEnd(await Server.GetExitCodeAsync());
        _transcript.Note("server", Deed.Other, $"{end}, and is started again");
        await _stage.StartAsync();
        return true;
    }

    // Whoever ends with an error after every client, whatever it asked, pays for it where clients are what is judged.
    private async Task<bool> IsForgivenAsync(Server server)
    {
        var code = await server.GetExitCodeAsync();
        if (code == 0)
        {
            _stage.NoteAfterClient(null);
            return true;
        }

        if (
            !_restartsQuietly
            || _isAboutErrors
            || !_stage.HasServed
            || server.Exceeded is not null
            || server.WasKilled(code)
        )
        {
            return false;
        }

        _stage.NoteAfterClient(code);
        return code == _stage.CodeAfterClient;
    }

    /// <returns>The socket, or null when the connection is refused.</returns>
    private async Task<Socket?> TryConnectAsync(int? receiveBuffer) =>
        await FindServerAsync()
            ? await Server.ReachAsync(endpoint => TryConnectOnceAsync(Server, endpoint, receiveBuffer))
            : null;

    private async Task<Socket?> TryConnectOnceAsync(Server server, IPEndPoint endpoint, int? receiveBuffer)
    {
        var socket = await server.Host.CreateClientAsync(endpoint.AddressFamily, receiveBuffer);
        using var wait = _watch.WaitToConnect();
        try
        {
            await socket.ConnectAsync(endpoint, _watch.Token);
            if (!socket.LocalEndPoint!.Equals(socket.RemoteEndPoint))
            {
                return socket;
            }

            // With nothing listening, a socket can connect to itself, and would echo.
            socket.Dispose();
            return null;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            if (Launching.Server.IsOurs(e))
            {
                throw;
            }

            return null;
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw _watch.Finding is null
                ? new OperationCanceledException()
                : new CheckFailedException(
                    new Failure("a connection", "silence: the queue of waiting connections is full, and nobody accepts")
                    {
                        Symptom = Symptom.TurnedAway,
                    }
                );
        }
    }

    // A runtime that collects garbage may let a good deal pile up before it does, and then no more; whoever keeps what
    // passes grows with every stream until there is no memory left. Where too few pass as a whole, since the machine or
    // the server is too slow for that, nothing is held against it.
    private async Task<bool> KeepsGrowingAsync(Client client, byte[] block, long most)
    {
        var start = _watch.Now;
        await StreamAsync(client, block, 3 * most, LongStreamTime);
        for (var whole = 0; whole < MostStreams; whole++)
        {
            var left = AllStreamsTime - (_watch.Now.Fair - start.Fair);
            var (passed, grew) = await StreamAsync(
                client,
                block,
                4 * most,
                left < LongStreamTime ? left : LongStreamTime
            );
            if (!grew || passed < 4 * most)
            {
                return grew && whole >= EnoughStreams;
            }

            if (Server.ReadMemory() > MuchMemory * Server.MostMemory)
            {
                return true;
            }
        }

        return true;
    }

    private async Task<(long Passed, bool Grew)> StreamAsync(Client client, byte[] block, long most, TimeSpan time)
    {
        await SettleAsync();
        var before = Server.ReadMemory();
        var start = _watch.Now;
        var passed = await client.StreamAsync(block, sent => sent < most && _watch.Now.Fair - start.Fair < time);
        return (passed, Server.ReadMemory() - before > (passed / 2) + MemorySlack);
    }

    // It listens no more, so that it ends rather than waits; where no thread can be seen, only time tells.
    private async Task<bool> HasEndedWellAsync() =>
        await Server.SettleAsync(Server.Host.CanObserve ? Settling.Briefly : EndTime, _watch.Token) == Settled.Ended
        && await IsForgivenAsync(Server);
}
