using System.Net;
using System.Net.Sockets;
using Grader.Hosting;

namespace Grader.Launching;

/// <summary>A submission's server, running and listening.</summary>
public sealed class Server : StudentProgram
{
    private const int MostPorts = 20;

    // A runtime that starts is at work for longer in one piece than between two looks.
    private static readonly TimeSpan BackgroundTime = TimeSpan.FromMilliseconds(100);

    // On a busy machine a process that spins gets a processor now and then.
    private static readonly TimeSpan LongestBackgroundTime = TimeSpan.FromSeconds(2);

    private HashSet<int> _background = [];

    internal Server(Host host, Started started, int assignedPort)
        : base(host, started)
    {
        AssignedPort = assignedPort;
    }

    /// <summary>The port that it was asked to listen on.</summary>
    public int AssignedPort { get; }

    /// <summary>Where it does listen.</summary>
    public IPEndPoint Listens { get; internal set; } = new(IPAddress.None, 0);

    /// <summary>Where a client reaches it.</summary>
    public IPEndPoint Endpoint =>
        Listens.Address.Equals(IPAddress.Any) ? new(IPAddress.Loopback, Listens.Port)
        : Listens.Address.Equals(IPAddress.IPv6Any) ? new(IPAddress.IPv6Loopback, Listens.Port)
        : Listens;

    /// <summary>Whether it worked on and on when it had started, before any client came.</summary>
    public bool IsNeverQuiet { get; internal set; }

    public override int Port => Listens.Port;

    public bool IsListening => Host.FindListener(Listens) is not null;

    /// <summary>Likewise of those processes alone that may be at work for a client.</summary>
    /// <remarks>One that worked before any client came, and holds no connection of one that another holds, is not.</remarks>
    public override ProcessSample SampleServing()
    {
        var sample = Sample();
        return _background.Count == 0 ? sample : sample.Without(FindAside());
    }

    /// <summary>Finds out which processes of a server that no client has come to yet are at work beside one that waits.</summary>
    public async Task FindBackgroundAsync(CancellationToken cancellationToken)
    {
        var first = Sample();
        var calm = new HashSet<int>();
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < LongestBackgroundTime)
        {
            await Task.Delay(BackgroundTime, cancellationToken);
            var now = Sample();
            var processes = now.Threads.Values.ToLookup(thread => thread.Process);
            // A thread that waits for a processor does not sleep: only one that slept is known to have nothing to do.
            calm.UnionWith(
                processes.Where(threads => threads.All(thread => thread.IsAsleep)).Select(threads => threads.Key)
            );
            var busy = processes.Select(threads => threads.Key).Except(calm).ToList();
            if (busy.Count == 0 || processes.Count == 1)
            {
                return;
            }

            if (calm.Count > 0 && busy.TrueForAll(process => HasWorked(process, first, now)))
            {
                _background = [.. busy];
                return;
            }
        }
    }

    /// <summary>What Ctrl-C does at a terminal: SIGINT to all processes of the program.</summary>
    public void Interrupt()
    {
        var leader = FindLeader();
        // The group is the server's own where it started in a session of its own.
        if (!Native.Signal(-Native.GroupOf(leader), Native.SignalInterrupt))
        {
            Native.Signal(leader, Native.SignalInterrupt);
        }
    }

    /// <summary>Waits, once it is killed, until its port is free: a process closes its pipes before its listening socket.</summary>
    public async Task WaitForPortAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var look = 0; IsListening && TimeProvider.System.GetElapsedTime(start) < PipeLimit; look++)
        {
            await Pause.AfterLookAsync(look, cancellationToken);
        }
    }

    /// <summary>Tries to connect, and again where what is wrong is on the client's side.</summary>
    /// <param name="connect">Makes a connection to an address of the server, from a port of its own each time.</param>
    /// <exception cref="SocketException">It is wrong each time.</exception>
    internal async Task<T> ReachAsync<T>(Func<IPEndPoint, Task<T>> connect)
    {
        var endpoint = Endpoint;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await connect(endpoint);
            }
            catch (SocketException e) when (IsOurs(e) && attempt < MostPorts)
            {
                // The next client gets another port; and where IPv6 is switched off there is no ::1, though servers listen on [::].
                endpoint = endpoint.Address.Equals(IPAddress.IPv6Loopback)
                    ? new IPEndPoint(IPAddress.Loopback, endpoint.Port)
                    : Endpoint;
            }
        }
    }

    /// <summary>Whether the client's own address or port was not to be had, which says nothing of the server.</summary>
    internal static bool IsOurs(SocketException exception) =>
        exception.SocketErrorCode is SocketError.AddressNotAvailable or SocketError.AddressAlreadyInUse;

    internal override int? FindClientPort(SocketRow row) => row.Remote.Port == Port ? row.Local.Port : null;

    private static bool HasWorked(int process, ProcessSample first, ProcessSample now) =>
        now.Without([.. now.Threads.Values.Select(thread => thread.Process).Where(other => other != process)])
            .WorkedSince(first)
        > BackgroundTime / 2;

    // A forked process inherits the listening socket, so that only what was accepted tells who serves.
    private List<int> FindAside()
    {
        var rows = Host.ReadSockets().Where(row => row.Inode != 0 && row.Local.Port == Listens.Port).ToList();
        var sockets = rows.Select(row => row.Inode).ToHashSet();
        var connections = rows.Where(row => row.State != SocketState.Listen).Select(row => row.Inode).ToHashSet();
        var isServedElsewhere = FindProcesses()
            .Except(_background)
            .Any(process => ProcessTable.ReadSocketInodes(process).Any(connections.Contains));
        return
        [
            .. _background.Where(process =>
                !ProcessTable.ReadSocketInodes(process).Any(isServedElsewhere ? connections.Contains : sockets.Contains)
            ),
        ];
    }
}
