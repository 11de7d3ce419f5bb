using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Grader.Clients;
using Grader.Hosting;
using Grader.Launching;
using Grader.Transcripts;

namespace Grader.Checks;

/// <summary>Where our server is, and for how long a client may wait for it.</summary>
public sealed record ServerSetting
{
    /// <summary>Whether nobody listens.</summary>
    public bool IsAway { get; init; }

    /// <summary>Whether it listens on ::1 alone.</summary>
    public bool OnlyIPv6 { get; init; }

    /// <summary>Whether a client has as little room to send as on a real network, so that it sees a send take a part.</summary>
    public bool IsNarrow { get; init; }

    /// <summary>The submission's own server, where ours only passes on what that one says.</summary>
    internal Server? Partner { get; init; }

    /// <summary>Whether other clients run at the same time, in the same folder where a sandbox has none of its own.</summary>
    internal bool IsShared { get; init; }

    /// <summary>How long a client may sleep over a server that says nothing; null for the usual stall time.</summary>
    public TimeSpan? Patience { get; init; }
}

/// <summary>Runs a submission's client, each time in a network of its own with a server of ours.</summary>
public sealed class ClientBench
{
    private const string Who = "client";

    private const int MostHangs = 2;

    // Longer than a right server takes to reply.
    private static readonly TimeSpan InputRest = TimeSpan.FromMilliseconds(400);

    // One that connects again and again shall not fill our memory.
    private const int MostConnections = 8;

    private readonly ClientLauncher _launcher;
    private readonly Limits _limits;
    private readonly FairClock _clock;
    private readonly TimeProvider _time;
    private readonly Transcript _transcript;
    private readonly CancellationToken _cancellationToken;
    private int _running;

    internal ClientBench(
        ClientLauncher launcher,
        Limits limits,
        FairClock clock,
        TimeProvider time,
        Transcript transcript,
        CancellationToken cancellationToken
    )
    {
        _launcher = launcher;
        _limits = limits;
        _clock = clock;
        _time = time;
        _transcript = transcript;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Whether a client runs, which is judged by itself.</summary>
    internal bool IsRunning => Volatile.Read(ref _running) > 0;

    /// <summary>Whether what a client is to ask for may be longer than an argument.</summary>
    public bool ReadsInput => _launcher.ReadsInput;

    /// <summary>Whether the client asks for localhost by its name, or takes a name.</summary>
    public bool NamesLocalhost => _launcher.NamesLocalhost;

    /// <summary>Whether the name stands for ::1 as well, where the client runs.</summary>
    public bool LocalhostHasIPv6 => _launcher.LocalhostHasIPv6;

    /// <summary>Whether it is known how the client takes what it is to ask for.</summary>
    internal bool KnowsForm => _launcher.Form is not null;

    /// <summary>Runs the client once.</summary>
    /// <param name="errand">What for.</param>
    /// <param name="serve">What our server does with a connection of it; null for the answer that a right one gives.</param>
    /// <param name="setting">Where our server is.</param>
    /// <exception cref="EnvironmentException">The machine was too busy to say anything of it, or cannot run it.</exception>
    /// <exception cref="OperationCanceledException">The limit of the submission struck.</exception>
    public async Task<ClientRun> RunAsync(Errand errand, Func<Peer, Task>? serve = null, ServerSetting? setting = null)
    {
        if (!KnowsForm)
        {
            await FindFormAsync(errand);
        }

        return await RunAsync(
            errand,
            _launcher.Form!.Value,
            serve ?? (peer => peer.AnswerAsync()),
            setting ?? new ServerSetting(),
            _transcript
        );
    }

    /// <summary>Runs the client once against the submission's own server.</summary>
    internal async Task<ClientRun> RunAsync(Errand errand, Server server, Meeting? meeting = null)
    {
        try
        {
            return await RunAsync(
                errand,
                peer => peer.RelayAsync(server, _transcript, meeting),
                new ServerSetting { Partner = server, IsShared = meeting is not null }
            );
        }
        finally
        {
            // One that never came is not waited for.
            meeting?.Count();
        }
    }

    /// <summary>Runs several of them at the same time.</summary>
    internal async Task<IReadOnlyList<ClientRun>> RunTogetherAsync(IReadOnlyList<Errand> errands, Server server)
    {
        _launcher.Renew();
        var meeting = new Meeting(errands.Count);
        // Which of them speaks first is chance, and a clock counts the time of one program.
        return await Task.WhenAll(
            errands.Select(errand =>
            {
                _transcript.Note(Who, Deed.Other, $"is run with {errand.Asked}, beside others");
                var transcript = new Transcript(_time);
                var bench = new ClientBench(
                    _launcher,
                    _limits,
                    new FairClock(_limits.Submission, _time),
                    _time,
                    transcript,
                    _cancellationToken
                );
                return bench.RunAsync(errand, server, meeting);
            })
        );
    }

    /// <summary>Finds out how the client takes what it is to ask for.</summary>
    /// <param name="errand">What that is.</param>
    /// <param name="findPartner">Gives the submission's own server, where it is to ask that one.</param>
    // Each way is tried until one brings what the client was given; where none does, the first that brought anything. The
    // partner is asked for each time, since a wrong way may bring it what ends it.
    internal async Task FindFormAsync(Errand errand, Func<Task<Server>>? findPartner = null)
    {
        var best = (Rank: -1, Form: _launcher.Forms[0], Port: (int?)null);
        var hangs = 0;
        foreach (var form in _launcher.Forms.Where(form => form != ClientForm.InputLine || errand.Inputs.Count > 1))
        {
            _launcher.KnownPort = null;
            var run = await TryPortsAsync(errand, form, findPartner);
            var rank =
                errand.IsWhole(run.Request) || (findPartner is not null && run.IsTold) ? 3
                : run.Request.Length > 0 ? 2
                : run.HasConnected ? 1
                : 0;
            best = rank > best.Rank ? (rank, form, _launcher.KnownPort) : best;
            hangs += run is { HasConnected: false, Finding: not null } ? 1 : 0;
            // Whoever waits for something else each time is not waiting for arguments, nor is who never comes to an end.
            if (rank == 3 || hangs == MostHangs || run.Finding == Finding.Slow)
            {
                break;
            }
        }

        _launcher.KnownPort = best.Port;
        _launcher.Form = best.Form;
    }

    // Without a relay between them only what is printed tells.
    private async Task<ClientRun> TryPortsAsync(Errand errand, ClientForm form, Func<Task<Server>>? findPartner)
    {
        var partner = findPartner is null ? null : await findPartner();
        var run = await TryAsync(errand, form, partner);
        foreach (
            var port in FindOtherPorts(errand, run, partner)
                .TakeWhile(_ => !run.HasConnected && !(partner is not null && run.IsTold))
        )
        {
            _launcher.KnownPort = port;
            try
            {
                run = await TryAsync(errand, form, findPartner is null ? null : await findPartner());
            }
            catch (EnvironmentException e) when (e is not StarvedException && !Hosts.HasOwnNetworks)
            {
                // A number in its source may be the port of somebody else.
            }
        }

        return run;
    }

    // What it tried, if that can be seen; else where its own server listens, and what stands in its source. A number that it
    // was given to add is another one each time.
    private IEnumerable<int> FindOtherPorts(Errand errand, ClientRun run, Server? partner) =>
        Hosts.HasOwnNetworks
            ? run
                .Attempts.Select(target => target.Port)
                .Take(1)
                .Where(port => errand.Inputs.All(input => input.Value != port.ToString(CultureInfo.InvariantCulture)))
        : partner is null ? _launcher.PossiblePorts
        : [partner.Listens.Port, .. _launcher.PossiblePorts];

    private Task<ClientRun> TryAsync(Errand errand, ClientForm form, Server? partner)
    {
        var transcript = new Transcript(_time);
        return RunAsync(
            errand,
            form,
            peer => partner is null ? peer.AnswerAsync() : peer.RelayAsync(partner, transcript),
            new ServerSetting { Partner = partner },
            transcript
        );
    }

    private async Task<ClientRun> RunAsync(
        Errand errand,
        ClientForm form,
        Func<Peer, Task> serve,
        ServerSetting setting,
        Transcript transcript
    )
    {
        var host = await _launcher.OpenHostAsync();
        Interlocked.Increment(ref _running);
        ClientProgram? program = null;
        ConnectionAttempts? attempts = null;
        var listeners = new List<Socket>();
        var peers = new List<Peer>();
        try
        {
            var port = _launcher.FindPort(host, form);
            // On a shared loopback there is no place for a relay where both have the same port in their sources.
            var isDirect = host.IsShared && setting.Partner?.Listens.Port == port;
            if (!setting.IsAway && !isDirect)
            {
                listeners.AddRange(await host.ListenAsync(port, setting.OnlyIPv6, setting.IsNarrow));
            }

            // Where it looks for its server is known afterwards, but for the addresses of a name.
            attempts = _launcher.Form is null || setting.OnlyIPv6 ? await host.WatchAttemptsAsync() : null;
            transcript.Note(Who, Deed.Other, $"is run with {errand.Asked}");
            program = await _launcher.StartAsync(
                host,
                form,
                errand.Inputs,
                port,
                setting.OnlyIPv6 ? "localhost" : $"{IPAddress.Loopback}",
                setting.Partner,
                isAlone: !setting.IsShared
            );
            var limits = setting.Patience is { } patience
                ? _limits with
                {
                    Stall = patience,
                    Check = 2 * patience,
                }
                : _limits;
            await using var watch = new Watch(() => program, limits, _clock, _time, _cancellationToken);
            program.Output.Written = watch.Moved;
            try
            {
                await ServeAsync(program, listeners, peers, watch, transcript, errand, serve);
            }
            catch (OperationCanceledException) when (watch.Finding is not null)
            {
                // What is to be said of the client, the finding says.
            }

            var hasClosed = peers.TrueForAll(peer => peer.Ending != Ending.None);
            var isHeldUp = peers.Exists(peer => peer.IsHeldUp);
            var run = await DescribeAsync(new ClientRun(errand), program, watch.Finding, limits);
            // As long as a client holds it, more may come.
            await program.KillAsync();
            foreach (var peer in peers)
            {
                await peer.DrainAsync();
            }

            transcript.Note(Who, Deed.Other, run.State);
            return run with
            {
                HasConnected = peers.Count > 0,
                HeldServerUp = isHeldUp,
                Said = setting.Partner is null || isDirect ? null : [.. peers.SelectMany(peer => peer.Said.ToArray())],
                HasClosed = hasClosed,
                LeftEarly = peers.Exists(peer => peer.LeftEarly),
                Request = [.. peers.SelectMany(peer => peer.Request.ToArray())],
                Output = program.Output.Kept,
                Errors = program.Output.LastErrors(),
                Attempts = attempts is null ? [] : await attempts.ReadAsync(),
            };
        }
        finally
        {
            foreach (var peer in peers)
            {
                await peer.DisposeAsync();
            }

            listeners.ForEach(listener => listener.Dispose());
            await (program?.DisposeAsync() ?? host.DisposeAsync());
            // Only now: what a program still sends would be listened to without an end.
            await (attempts?.DisposeAsync() ?? ValueTask.CompletedTask);
            Interlocked.Decrement(ref _running);
        }
    }

    private async Task ServeAsync(
        ClientProgram program,
        List<Socket> listeners,
        List<Peer> peers,
        Watch watch,
        Transcript transcript,
        Errand errand,
        Func<Peer, Task> serve
    )
    {
        var serving = new List<Task>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(watch.Token);
        var input = EndInputAsync(program, peers, watch, end.Token);
        try
        {
            while (await AcceptAsync(program, listeners, peers, serving, watch) is { } socket)
            {
                transcript.Note(Who, Deed.Connects, "connects");
                if (peers.Count == MostConnections - 1)
                {
                    listeners.ForEach(listener => listener.Dispose());
                    listeners.Clear();
                }

                // A relay takes down who of the two says what.
                var own = program.Partner is null ? transcript : new Transcript(TimeProvider.System);
                var peer = new Peer(socket, program, watch, own, errand);
                lock (peers)
                {
                    peers.Add(peer);
                }

                serving.Add(serve(peer));
            }
        }
        finally
        {
            try
            {
                await Task.WhenAll(serving);
            }
            finally
            {
                await end.CancelAsync();
                await input;
            }
        }
    }

    // Who loops until the end of its input would leave before the reply, where a thread of its own receives; and who reads to
    // the end would wait for ever. So it comes when the client waits for something, and it is not our server that is late.
    private static async Task EndInputAsync(
        ClientProgram program,
        List<Peer> peers,
        Watch watch,
        CancellationToken cancellationToken
    )
    {
        try
        {
            while (program.HasInput && !program.HasExited)
            {
                if (await program.SettleAsync(InputRest, cancellationToken) == Settled.Asleep && !IsKeptWaiting())
                {
                    program.EndInput();
                    watch.Moved();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It is not waited for any longer.
        }

        bool IsKeptWaiting()
        {
            lock (peers)
            {
                return peers.Exists(peer => peer.IsWaiting);
            }
        }
    }

    // Null when the client has ended. As a server may take its time to listen, a client may to connect.
    private async Task<Socket?> AcceptAsync(
        ClientProgram program,
        List<Socket> listeners,
        List<Peer> peers,
        List<Task> serving,
        Watch watch
    )
    {
        var start = watch.Now;
        IDisposable? wait = null;
        try
        {
            for (var look = 0; ; look++)
            {
                var isServed = serving.TrueForAll(task => task.IsCompleted);
                // The order matters: what had ended before the look at the sockets connects no more.
                var hasExited = isServed && program.HasExited;
                if (
                    listeners.Find(listener => listener.Poll(TimeSpan.Zero, SelectMode.SelectRead)) is { } ready
                    // Whoever has closed a connection before it made the next is heard in that order.
                    && (isServed || peers.Exists(peer => peer.IsHeldByClient))
                )
                {
                    var socket = await ready.AcceptAsync(watch.Token);
                    socket.NoDelay = true;
                    watch.Moved();
                    return socket;
                }

                if (serving.Find(task => task.IsFaulted || task.IsCanceled) is { } broken)
                {
                    await broken;
                }

                if (hasExited)
                {
                    return null;
                }

                if (isServed && (peers.Count > 0 || watch.Now.Fair - start.Fair >= _limits.Start))
                {
                    wait ??= watch.Wait();
                }

                await Pause.AfterLookAsync(look, watch.Token);
            }
        }
        finally
        {
            wait?.Dispose();
        }
    }

    /// <exception cref="StarvedException">Nothing can be said of it.</exception>
    private async Task<ClientRun> DescribeAsync(ClientRun run, ClientProgram program, Finding? finding, Limits limits)
    {
        if (finding == Finding.Starved)
        {
            throw new StarvedException("the limit of a check", limits.Check);
        }

        if (program.HasExited)
        {
            // What it has left behind may hold its output open.
            await program.Host.KillAllAsync();
            var code = await program.GetExitCodeAsync();
            return run with
            {
                ExitCode = program.Exceeded is null ? code : null,
                WasKilled = program.WasKilled(code),
                State = program.DescribeEnd(code),
                HadTooMuch = program.Exceeded is not null,
            };
        }

        return run with
        {
            Finding = finding,
            State = await program.DescribeAsync(finding ?? Finding.Slow, limits, _cancellationToken),
        };
    }
}
