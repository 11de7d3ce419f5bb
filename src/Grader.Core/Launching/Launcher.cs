using System.Net;
using System.Text.RegularExpressions;
using Grader.Checks;
using Grader.Hosting;

namespace Grader.Launching;

/// <summary>Starts a built submission's server, and waits until the kernel says that it listens.</summary>
public sealed partial class Launcher(Recipe recipe, Workspace workspace, Limits limits, FairClock clock, Log log)
{
    private const string Address = "127.0.0.1";

    // So long a server must have slept before it counts as one that listens elsewhere: else it is still on its way.
    private static readonly TimeSpan ElsewhereTime = TimeSpan.FromMilliseconds(300);

    // A port may be taken by somebody else between our look at it and the server's.
    private const int MostRaces = 3;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(10);

    private readonly Starter _starter = new(recipe.Source, workspace, limits, log);

    // Found out once: a server that has listened before takes its arguments as they were.
    private bool _withoutArguments;
    private bool _hasListened;
    private bool _listensElsewhere;

    /// <summary>Told when a server is started, and when it listens.</summary>
    public Action<string>? Reached { get; init; }

    /// <summary>Where what goes over the servers' networks is taken down; null where nowhere.</summary>
    public PacketFile? Packets
    {
        get => _starter.Packets;
        init => _starter.Packets = value;
    }

    /// <summary>Finds out, of a server that failed, whether it had room to work in.</summary>
    /// <exception cref="EnvironmentException">The disk is full.</exception>
    public void RequireRoom() => workspace.RequireRoom();

    /// <summary>Starts the server in a fresh network, or in the one given, on the port given.</summary>
    /// <exception cref="CheckFailedException">It does not listen.</exception>
    /// <exception cref="EnvironmentException">Its interpreter is missing, or the machine too busy.</exception>
    /// <exception cref="OperationCanceledException">The limit of the submission struck.</exception>
    public async Task<Server> StartAsync(Host? host, int? port, CancellationToken cancellationToken)
    {
        host ??= await _starter.OpenHostAsync();
        try
        {
            return port is { } same
                ? await StartAsync(host, same, cancellationToken)
                : await StartOnAnyPortAsync(host, cancellationToken);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    private async Task<Server> StartOnAnyPortAsync(Host host, CancellationToken cancellationToken)
    {
        for (var race = 1; ; race++)
        {
            var port = host.AssignPort();
            try
            {
                return await StartAsync(host, port, cancellationToken);
            }
            catch (EndedEarlyException e) when (host.IsShared && !e.HasListened)
            {
                if (race < MostRaces && await host.WaitForPortsAsync(port, cancellationToken))
                {
                    continue;
                }

                if (e.Failure.Output.FirstOrDefault(line => SaysPortIsTaken().IsMatch(line)) is { } line)
                {
                    throw new EnvironmentException(
                        $"another program on this machine holds the port that the server wants: {line.Trim()}"
                    );
                }

                throw;
            }
        }
    }

    private async Task<Server> StartAsync(Host host, int port, CancellationToken cancellationToken)
    {
        try
        {
            return await StartOnceAsync(host, port, cancellationToken);
        }
        catch (EndedEarlyException first) when (recipe.ArgumentsAreOptional && !_hasListened)
        {
            _withoutArguments = true;
            try
            {
                return await StartOnceAsync(host, port, cancellationToken);
            }
            catch (CheckFailedException)
            {
                // Of two failed starts the first is told: it is the one that the handout asks for.
                _withoutArguments = false;
                throw first;
            }
        }
    }

    private async Task<Server> StartOnceAsync(Host host, int port, CancellationToken cancellationToken)
    {
        var words = recipe.Server!.Select(word => Fill(word, port)).ToList();
        if (_withoutArguments)
        {
            words.RemoveAt(words.Count - 1);
        }

        var stdin = PipeSource.Create((stream, token) => FeedAsync(stream, port, token));
        var started = await _starter.StartAsync(host, words, Address, port, stdin);
        Reached?.Invoke("started");
        return await WaitAsync(new Server(host, started, port), cancellationToken);
    }

    private async Task<Server> WaitAsync(Server server, CancellationToken cancellationToken)
    {
        try
        {
            server.Listens = await WaitForListenerAsync(server, cancellationToken);
            var settled = await server.SettleAsync(Settling.Briefly, cancellationToken);
            if (settled == Settled.Ended)
            {
                // Whether its socket was seen before it closed is chance.
                throw await DescribeEndAsync(server, hasListened: true);
            }

            server.IsNeverQuiet = settled == Settled.Busy;
            _hasListened = true;
            Reached?.Invoke("listening");
            return server;
        }
        catch
        {
            await server.KillAsync();
            throw;
        }
    }

    // Some servers stop at the end of their input, so it stays open, and silent.
    private async Task FeedAsync(Stream stdin, int port, CancellationToken cancellationToken)
    {
        await using (var writer = new StreamWriter(stdin, leaveOpen: true))
        {
            foreach (var line in recipe.StdinOf(Part.Server))
            {
                await writer.WriteAsync($"{Fill(line, port)}\n");
            }
        }

        await Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private async Task<IPEndPoint> WaitForListenerAsync(Server server, CancellationToken cancellationToken)
    {
        var start = clock.Start();
        var pause = FirstPause;
        while (clock.Judge(start, limits.Start) is null)
        {
            clock.CountAtTick(server.Sample);
            if (clock.Verdict is not null)
            {
                throw new OperationCanceledException();
            }

            // The order matters: what had ended before the look at the sockets, listens no more.
            var hasEnded = server.HasEnded;
            if (ChooseListener(server) is { } listener)
            {
                return listener.Port == server.AssignedPort || _listensElsewhere
                    ? listener
                    : await LookAgainAsync(server, cancellationToken);
            }

            if (hasEnded)
            {
                throw await DescribeEndAsync(server);
            }

            await Task.Delay(pause, cancellationToken);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }

        RequireFairness(start);
        throw DescribeSilence(server);
    }

    private void RequireFairness(FairTime start)
    {
        if (clock.Judge(start, limits.Start) == LimitVerdict.Starved)
        {
            throw new StarvedException("the start limit", limits.Start);
        }
    }

    // The first port of several may be for something else; a server that knows only its own port is waited for once.
    private async Task<IPEndPoint> LookAgainAsync(Server server, CancellationToken cancellationToken)
    {
        var start = clock.Start();
        var asleep = TimeSpan.Zero;
        while (asleep < ElsewhereTime && clock.Judge(start, limits.Start) is null && !server.HasEnded)
        {
            await Task.Delay(FairClock.Tick, cancellationToken);
            var before = clock.Now.Fair;
            var sample = server.Sample();
            clock.Count(sample);
            asleep += sample.IsAsleep ? clock.Now.Fair - before : TimeSpan.Zero;
            if (ChooseListener(server) is { } own && own.Port == server.AssignedPort)
            {
                return own;
            }
        }

        RequireFairness(start);
        var listener = ChooseListener(server) ?? throw await DescribeEndAsync(server);
        _listensElsewhere = listener.Port != server.AssignedPort;
        return listener;
    }

    private static IPEndPoint? ChooseListener(Server server) =>
        server
            .Host.ReadListeners()
            .Select(row => row.Local)
            .OrderByDescending(local => local.Port == server.AssignedPort)
            .ThenBy(local => local.Port)
            .FirstOrDefault();

    private static async Task<EndedEarlyException> DescribeEndAsync(Server server, bool hasListened = false)
    {
        var code = await server.GetExitCodeAsync();
        return new EndedEarlyException(
            new Failure(
                "a server that listens for TCP connections",
                $"it {server.DescribeEnd(code)} before it waited for clients"
            )
            {
                Symptom = Symptom.EndedEarly,
                ExitCode = server.Exceeded is null ? code : null,
                Server = server.DescribeEnd(code),
                IsByKill = server.WasKilled(code),
                Output = [.. server.Output.Last().TakeLast(12)],
                IsByExcess = server.Exceeded is not null,
                Hint =
                    code == 0
                        ? "The program ran to its end; a server keeps accepting connections."
                        : "Start it at home with a port as its only argument, and mend the error that it prints.",
            }
        )
        {
            HasListened = hasListened,
        };
    }

    private CheckFailedException DescribeSilence(Server server)
    {
        var isUdp = server.Host.ReadOwnSockets("udp").Count > 0;
        var limit = $"the start limit of {Text.Duration(limits.Start)}";
        return new CheckFailedException(
            new Failure(
                "a server that listens for TCP connections",
                isUdp ? "a UDP socket and no TCP listener" : $"it runs, but does not listen within {limit}"
            )
            {
                Symptom = isUdp ? Symptom.OtherTransport : Symptom.NeverListens,
                Server = "is running",
                Output = [.. server.Output.Last().TakeLast(12)],
                IsByTime = !isUdp,
                Hint = isUdp
                    ? "Make a stream socket (SOCK_STREAM); datagrams are another service."
                    : "Bind, then listen, before anything that waits. "
                        + $"A program that asks for input gets its lines from \"stdin\" in {SubmissionFile.Name}.",
            }
        );
    }

    // EADDRINUSE, as the C library, Java, Node and Windows have it.
    [GeneratedRegex("address already in use|EADDRINUSE|only one usage of each socket address", RegexOptions.IgnoreCase)]
    private static partial Regex SaysPortIsTaken();

    private static string Fill(string word, int port) => Recipe.Fill(word, Address, port);
}
