using System.Collections.Concurrent;
using System.ComponentModel;
using System.Net;
using System.Net.Sockets;

namespace Grader.Hosting;

/// <summary>A fresh loopback network on a thread of its own: no port is taken, no other machine is in reach.</summary>
internal sealed class OwnNetwork : Host
{
    // The same in every run, so that what a server prints of ports repeats; no port that programs are known to choose.
    private const int ServerPort = 20407;
    private const int FirstClientPort = 61001;

    // net:[4026531840]
    private const int LongestName = 64;

    private readonly BlockingCollection<Action> _work = [];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _netFolder = "";
    private byte[] _namespace = [];
    private int _clientPort = FirstClientPort;
    private PacketCapture? _capture;
    private SocketQuery? _query;

    private OwnNetwork()
    {
        new Thread(Work) { IsBackground = true, Name = "network" }.Start();
    }

    public override bool CanObserve => true;

    // A client may name an address of this machine, or of its author's.
    protected override IReadOnlyList<IPAddress> ListenAddresses => [IPAddress.Any, IPAddress.IPv6Any];

    /// <exception cref="Win32Exception">The kernel forbids it.</exception>
    public static async Task<OwnNetwork> CreateAsync()
    {
        var network = new OwnNetwork();
        await network._ready.Task;
        return network;
    }

    public override Task<T> RunAsync<T>(Func<T> work)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _work.Add(() =>
        {
            try
            {
                result.SetResult(work());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task;
    }

    public override async Task CaptureAsync(PacketFile file) =>
        _capture = await RunAsync(() => new PacketCapture(file.Add, file.Lose));

    public override async Task<ConnectionAttempts?> WatchAttemptsAsync()
    {
        try
        {
            return await RunAsync(ConnectionAttempts.Watch);
        }
        catch (SocketException)
        {
            // An ordinary user may have no right to it.
            return null;
        }
    }

    public override int AssignPort() => ServerPort;

    public override Task<Socket> CreateClientAsync(AddressFamily family, int? receiveBuffer) =>
        RunAsync(() =>
        {
            var address = family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any;
            for (; ; _clientPort++)
            {
                var socket = Clients.ClientSocket.Create(family, receiveBuffer);
                try
                {
                    socket.Bind(new IPEndPoint(address, _clientPort > IPEndPoint.MaxPort ? 0 : _clientPort++));
                    return socket;
                }
                catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse)
                {
                    // The server has chosen this one.
                    socket.Dispose();
                }
            }
        });

    public override IReadOnlyList<SocketRow> ReadOwnSockets(string protocol) => ReadSockets(protocol);

    public override IReadOnlyList<SocketRow> ReadSockets(string protocol = "tcp") =>
        [.. SocketTable.Read(_netFolder, protocol)];

    public override SocketRow? FindListener(IPEndPoint local) =>
        _query is null ? base.FindListener(local) : _query.FindListener(local);

    public override SocketRow? FindSide(IPEndPoint local, IPEndPoint remote) =>
        _query is null ? base.FindSide(local, remote) : _query.FindSide(local, remote);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_capture is not null)
        {
            await _capture.DisposeAsync();
        }

        _query?.Dispose();
        // The kernel gives the number to another network, whose processes are none of ours.
        _namespace = [];
        _work.CompleteAdding();
    }

    // A process is born into its network, and stays.
    protected override bool OwnersNeverChange => true;

    protected override bool Owns(int processId) =>
        IsInside($"/proc/{processId}")
        // A program whose first thread has ended shows its network in the others.
        ?? ProcessTable.FindThreads(processId).Any(thread => IsInside(thread) == true);

    // Null where it cannot be seen: it has ended, or is another user's, and so none of ours.
    private bool? IsInside(string process)
    {
        var name = ReadNamespace(process, stackalloc byte[LongestName]);
        return name.IsEmpty ? null : name.SequenceEqual(_namespace);
    }

    private static ReadOnlySpan<byte> ReadNamespace(string process, Span<byte> buffer) =>
        Native.ReadLink($"{process}/ns/net", buffer);

    // The kernel walks its whole table of connections for every look at /proc/net/tcp: 6 ms with a table of the
    // usual size, 0.1 ms with this one. A network takes the size from the one that it is made in (Linux 6.1).
    private static void ShrinkTablesOfNextNetwork()
    {
        const string Setting = "/proc/sys/net/ipv4/tcp_child_ehash_entries";
        if (File.Exists(Setting))
        {
            File.WriteAllText(Setting, "1024");
        }
    }

    private void Work()
    {
        try
        {
            Native.UnshareNetwork();
            ShrinkTablesOfNextNetwork();
            Native.UnshareNetwork();
            Native.BringUpLoopback();
            Native.MakeEveryAddressLocal();
            // Loopback alone would let a server send megabytes into the kernel's buffers, and never see a partial send.
            // Less than two segments (131 KB here) would make every send wait for a delayed acknowledgement.
            File.WriteAllText("/proc/sys/net/ipv4/tcp_wmem", "4096 16384 196608");
            var thread = $"/proc/{new FileInfo("/proc/thread-self").LinkTarget}";
            _query = SocketQuery.TryOpen();
            _netFolder = $"{thread}/net";
            _namespace = ReadNamespace(thread, stackalloc byte[LongestName]).ToArray();
            _ready.SetResult();
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            _ready.SetException(e);
            return;
        }

        foreach (var action in _work.GetConsumingEnumerable())
        {
            action();
        }
    }
}
