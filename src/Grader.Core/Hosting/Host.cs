using System.Net;
using System.Net.Sockets;

namespace Grader.Hosting;

/// <summary>The network that a server runs in, as its clients and the kernel see it.</summary>
public abstract class Host : IAsyncDisposable
{
    /// <summary>Set in the environment of a server or a build, so that its processes can be told from all others.</summary>
    public const string CookieVariable = "_GRADER_SERVER";

    // As <netinet/tcp.h> numbers them.
    private const int LevelTcp = 6;
    private const int MaximumSegment = 2;

    // In bytes: Ethernet's, and less than any buffer of a program.
    private const int NarrowSegment = 1400;
    private const int NarrowBuffer = 2048;

    // Each of hundreds needs a processor for its end, and a busy machine gives it late.
    private static readonly TimeSpan KillLimit = TimeSpan.FromMinutes(1);

    private readonly HashSet<int> _others = [];

    public string Cookie { get; } = $"{LastWill.Mark}-{Guid.NewGuid():N}";

    /// <summary>Whether sockets, threads and processor time of the server can be read from the kernel.</summary>
    public abstract bool CanObserve { get; }

    /// <summary>Does <paramref name="work"/> where the sockets and processes that it makes belong to this network.</summary>
    public abstract Task<T> RunAsync<T>(Func<T> work);

    /// <summary>Takes down what goes over this network from now on.</summary>
    /// <exception cref="NotSupportedException">It is not the server's alone.</exception>
    public virtual Task CaptureAsync(PacketFile file) =>
        throw new NotSupportedException("the network is not the server's alone");

    /// <summary>Sees where programs of this network try to connect to; null where nobody can.</summary>
    public virtual Task<ConnectionAttempts?> WatchAttemptsAsync() => Task.FromResult<ConnectionAttempts?>(null);

    /// <summary>Sockets of the grader's that listen for a submission's client, one for each family of addresses.</summary>
    /// <param name="port">Where they listen.</param>
    /// <param name="onlyIPv6">Whether on ::1 alone.</param>
    /// <param name="isNarrow">Whether a client has as little room to send as on a real network.</param>
    /// <exception cref="EnvironmentException">Another program holds the port.</exception>
    public Task<IReadOnlyList<Socket>> ListenAsync(int port, bool onlyIPv6 = false, bool isNarrow = false) =>
        RunAsync<IReadOnlyList<Socket>>(() =>
            [
                .. (onlyIPv6 ? [IPAddress.IPv6Loopback] : ListenAddresses)
                    .Select(address => TryListen(new IPEndPoint(address, port), isNarrow))
                    .OfType<Socket>(),
            ]
        );

    /// <summary>A port for the next server to listen on.</summary>
    public abstract int AssignPort();

    /// <summary>A client's socket, bound to a port that repeats from run to run where that can be.</summary>
    public abstract Task<Socket> CreateClientAsync(AddressFamily family, int? receiveBuffer);

    /// <summary>Every address on which this network's server accepts connections.</summary>
    public virtual IReadOnlyList<SocketRow> ReadListeners() =>
        [.. ReadOwnSockets("tcp").Where(row => row.State == SocketState.Listen)];

    /// <summary>The sockets that the server's own processes hold.</summary>
    public abstract IReadOnlyList<SocketRow> ReadOwnSockets(string protocol);

    public abstract IReadOnlyList<SocketRow> ReadSockets(string protocol = "tcp");

    /// <summary>Ends a client's connection, so that the next server finds its port free where that can be.</summary>
    /// <param name="client">Disposed afterwards.</param>
    public virtual void Close(Socket client) => client.Dispose();

    /// <summary>Whether programs that are none of the grader's may hold a port that a server wants.</summary>
    public virtual bool IsShared => false;

    /// <summary>Waits until the ports are free that others hold, or an earlier server's old connections.</summary>
    /// <param name="assignedPort">The port that a server was to listen on.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether any was held, so that a server which could not listen may do so now.</returns>
    public virtual Task<bool> WaitForPortsAsync(int assignedPort, CancellationToken cancellationToken) =>
        Task.FromResult(false);

    /// <summary>The socket that listens at an address, if one does.</summary>
    public virtual SocketRow? FindListener(IPEndPoint local) =>
        ReadListeners().FirstOrDefault(row => row.Local.Equals(local));

    /// <summary>One side of a connection, if it is there.</summary>
    /// <param name="local">Its own address.</param>
    /// <param name="remote">That of the other side.</param>
    public virtual SocketRow? FindSide(IPEndPoint local, IPEndPoint remote) =>
        ReadSockets().FirstOrDefault(row => row.Local.Equals(local) && row.Remote.Equals(remote));

    /// <summary>Whether bytes of a connection may be on their way, in either direction.</summary>
    public bool IsDelivering(IPEndPoint client, IPEndPoint server)
    {
        var (ours, theirs) = (FindSide(client, server), FindSide(server, client));
        return ours?.IsDeliveringTo(theirs) == true || theirs?.IsDeliveringTo(ours) == true;
    }

    /// <summary>All processes of this host's servers, descendants and daemons included.</summary>
    public IReadOnlyList<int> FindProcesses()
    {
        if (!CanObserve)
        {
            return [];
        }

        var ids = ProcessTable.FindAll();
        lock (_others)
        {
            _others.IntersectWith(ids);
            var own = ids.Where(id => !_others.Contains(id) && Owns(id)).ToList();
            if (OwnersNeverChange)
            {
                _others.UnionWith(ids.Except(own));
            }

            return own;
        }
    }

    /// <summary>Ends every process of this host, daemons included.</summary>
    /// <exception cref="EnvironmentException">Some of them go on.</exception>
    public async Task KillAllAsync()
    {
        var start = TimeProvider.System.GetTimestamp();
        while (FindProcesses() is { Count: > 0 } processes)
        {
            foreach (var process in processes)
            {
                // The whole group at one blow: a chain of forks is faster than our looks at it.
                Native.KillGroupOf(process);
                Native.Signal(process, Native.SignalKill);
            }

            if (TimeProvider.System.GetElapsedTime(start) > KillLimit)
            {
                throw new EnvironmentException("processes of the submission cannot be ended");
            }

            await Task.Delay(1);
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        await KillAllAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Where a submission's client may look for its server.</summary>
    protected virtual IReadOnlyList<IPAddress> ListenAddresses => [IPAddress.Loopback, IPAddress.IPv6Loopback];

    // Null where there is no IPv6.
    private static Socket? TryListen(IPEndPoint endpoint, bool isNarrow)
    {
        Socket? socket = null;
        try
        {
            socket = Clients.ClientSocket.Create(endpoint.AddressFamily, isNarrow ? NarrowBuffer : null);
            if (isNarrow && !OperatingSystem.IsWindows())
            {
                // The kernel gives a sender room for so many segments, which on a loopback are 64 KiB each (tcp(7)).
                socket.SetRawSocketOption(LevelTcp, MaximumSegment, BitConverter.GetBytes(NarrowSegment));
            }

            socket.Bind(endpoint);
            socket.Listen();
            return socket;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            return e.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? throw new EnvironmentException(
                    $"another program on this machine holds port {endpoint.Port}, which the client wants"
                )
                : null;
        }
    }

    /// <summary>Whether a process that was seen to be another's need not be looked at again.</summary>
    protected abstract bool OwnersNeverChange { get; }

    protected abstract bool Owns(int processId);
}
