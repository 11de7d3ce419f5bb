using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Grader.Hosting;

/// <summary>The machine's own loopback, for one server at a time, where networks of one's own are forbidden.</summary>
internal class SharedLoopback : Host
{
    // Two servers that want the same hard-coded port must not meet, so they take turns.
    private static readonly SemaphoreSlim OneAtATime = new(1);

    // Below the ephemeral range, where a client's own socket could be given the port (and connect to itself).
    private const int FirstPort = 20000;
    private const int LastPort = 29999;

    // Above the ephemeral range of Linux, and below 65000 and the like, which servers want: a client that closed first
    // holds its port for a minute.
    private const int FirstClientPort = 61001;
    private const int LastClientPort = 64999;

    // TIME-WAIT lasts one minute on Linux and macOS, two on Windows.
    private static readonly TimeSpan LongestTimeWait = TimeSpan.FromSeconds(125);

    private const UnixFileMode AllMayRead =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    // A client may look for its server under the name of the machine.
    private static readonly Lazy<IPAddress[]> OwnAddresses = new(FindOwnAddresses);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    public override bool CanObserve => true;

    public override bool IsShared => true;

    /// <summary>Waits for the loopback; the turn ends when the result is disposed.</summary>
    public static async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await OneAtATime.WaitAsync(cancellationToken);
        try
        {
            return new Turn(await LockAsync(cancellationToken));
        }
        catch
        {
            OneAtATime.Release();
            throw;
        }
    }

    public override Task<T> RunAsync<T>(Func<T> work) => Task.FromResult(work());

    public override int AssignPort()
    {
        var taken = ActiveListeners().Select(endpoint => endpoint.Port).ToHashSet();
        var free = Enumerable.Range(FirstPort, LastPort - FirstPort + 1).Where(port => !taken.Contains(port)).ToArray();
        return free[Random.Shared.Next(free.Length)];
    }

    public override Task<Socket> CreateClientAsync(AddressFamily family, int? receiveBuffer)
    {
        var socket = Clients.ClientSocket.Create(family, receiveBuffer);
        if (OperatingSystem.IsLinux())
        {
            BindAboveTheEphemeralRange(socket);
        }

        return Task.FromResult(socket);
    }

    public override IReadOnlyList<SocketRow> ReadOwnSockets(string protocol)
    {
        var inodes = FindProcesses().SelectMany(ProcessTable.ReadSocketInodes).ToHashSet();
        return [.. ReadSockets(protocol).Where(row => inodes.Contains(row.Inode))];
    }

    public override IReadOnlyList<SocketRow> ReadSockets(string protocol = "tcp") =>
        [.. SocketTable.Read("/proc/self/net", protocol)];

    // Who closes first holds the port for a minute (TIME-WAIT, RFC 9293 3.6.1), which would keep the next server from it.
    // A reset ends that, and once the server's process has let go of its socket nobody is there to see it.
    public override void Close(Socket client)
    {
        if (
            client is { LocalEndPoint: IPEndPoint local, RemoteEndPoint: IPEndPoint remote }
            && FindSide(remote, local) is { State: SocketState.FinWait2, Inode: 0 }
        )
        {
            client.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        client.Dispose();
    }

    public override async Task<bool> WaitForPortsAsync(int assignedPort, CancellationToken cancellationToken)
    {
        if (ActiveListeners().Any(endpoint => endpoint.Port == assignedPort))
        {
            // Somebody else was faster; the next start gets another port.
            return true;
        }

        var held = FindLeftConnections();
        var any = held.Count > 0;
        var start = TimeProvider.System.GetTimestamp();
        while (held.Count > 0 && TimeProvider.System.GetElapsedTime(start) < LongestTimeWait)
        {
            await Task.Delay(BetweenLooks, cancellationToken);
            held.IntersectWith(FindLeftConnections());
        }

        return any;
    }

    protected override IReadOnlyList<IPAddress> ListenAddresses => OwnAddresses.Value;

    // Between fork and exec a process still has the grader's environment.
    protected override bool OwnersNeverChange => false;

    protected override bool Owns(int processId) =>
        ProcessTable.ReadEnvironment(processId).Contains($"{CookieVariable}={Cookie}");

    private static IPAddress[] FindOwnAddresses()
    {
        IPAddress[] loopback = [IPAddress.Loopback, IPAddress.IPv6Loopback];
        try
        {
            // On Debian 127.0.1.1; on others it is that of a real network, from which nobody is to come.
            return [.. loopback.Union(Dns.GetHostAddresses(Dns.GetHostName()).Where(IPAddress.IsLoopback))];
        }
        catch (SocketException)
        {
            // The machine does not know its own name.
            return loopback;
        }
    }

    protected static IPEndPoint[] ActiveListeners() =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();

    // A server's ends of connections with our clients that nobody holds any more. What strangers left is not waited for.
    private static HashSet<(IPEndPoint, IPEndPoint)> FindLeftConnections() =>
        [
            .. IPGlobalProperties
                .GetIPGlobalProperties()
                .GetActiveTcpConnections()
                .Where(connection =>
                    connection.State
                        is TcpState.FinWait1
                            or TcpState.FinWait2
                            or TcpState.Closing
                            or TcpState.LastAck
                            or TcpState.TimeWait
                )
                .Where(connection => IPAddress.IsLoopback(Plain(connection.LocalEndPoint.Address)))
                .Where(connection =>
                    !OperatingSystem.IsLinux()
                    || connection.RemoteEndPoint.Port is >= FirstClientPort and <= LastClientPort
                )
                .Select(connection => (connection.LocalEndPoint, connection.RemoteEndPoint)),
        ];

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static void BindAboveTheEphemeralRange(Socket socket)
    {
        var any = socket.AddressFamily == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
        // A client of ours that closed first still holds its port, and may share it with one that is new.
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                socket.Bind(new IPEndPoint(any, ClientPorts.Next()));
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse && attempt < 100)
            {
                // Somebody has chosen this one.
            }
        }
    }

    // Another grader on this machine has the same loopback; where there is no such file to be had, nobody else counts.
    private static async Task<FileStream?> LockAsync(CancellationToken cancellationToken)
    {
        // One place for all users, whatever folder each has for temporary files; a container may have a loopback of its own.
        var network = ProcessTable.Try(() => new FileInfo("/proc/self/ns/net").LinkTarget, null);
        var path = Path.Combine(
            OperatingSystem.IsWindows() ? Path.GetTempPath() : "/tmp",
            $"grader-loopback{network?[network.IndexOf('[', StringComparison.Ordinal)..]}"
        );
        while (true)
        {
            try
            {
                // Another user's file in a shared folder may be opened, and not with the wish to make it.
                var mode = File.Exists(path) ? FileMode.Open : FileMode.OpenOrCreate;
                var file = new FileStream(path, mode, FileAccess.Read, FileShare.None);
                if (mode == FileMode.OpenOrCreate && !OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(path, AllMayRead);
                }

                return file;
            }
            catch (UnauthorizedAccessException)
            {
                return null;
            }
            catch (IOException e) when (File.Exists(path) && !Exhaustion.IsOfFiles(e))
            {
                await Task.Delay(BetweenLooks, cancellationToken);
            }
        }
    }

    // In turn, so that one comes again as late as can be; from where another grader hardly began.
    private static class ClientPorts
    {
        private const uint Count = LastClientPort + 1 - FirstClientPort;

        private static uint _last = (uint)Random.Shared.Next();

        public static int Next() => FirstClientPort + (int)(Interlocked.Increment(ref _last) % Count);
    }

    private sealed class Turn(FileStream? file) : IDisposable
    {
        public void Dispose()
        {
            file?.Dispose();
            OneAtATime.Release();
        }
    }
}
