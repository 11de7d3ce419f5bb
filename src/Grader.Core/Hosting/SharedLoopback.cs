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

    public override bool CanObserve => true;

    /// <summary>Waits for the loopback; the turn ends when the result is disposed.</summary>
    public static async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await OneAtATime.WaitAsync(cancellationToken);
        return new Turn();
    }

    public override Task<T> RunAsync<T>(Func<T> work) => Task.FromResult(work());

    public override int AssignPort()
    {
        var taken = ActiveListeners().Select(endpoint => endpoint.Port).ToHashSet();
        var free = Enumerable.Range(FirstPort, LastPort - FirstPort + 1).Where(port => !taken.Contains(port)).ToArray();
        return free[Random.Shared.Next(free.Length)];
    }

    public override Task<Socket> CreateClientAsync(AddressFamily family, int? receiveBuffer) =>
        Task.FromResult(Clients.ClientSocket.Create(family, receiveBuffer));

    public override IReadOnlyList<SocketRow> ReadOwnSockets(string protocol)
    {
        var inodes = FindProcesses().SelectMany(ProcessTable.ReadSocketInodes).ToHashSet();
        return [.. ReadSockets(protocol).Where(row => inodes.Contains(row.Inode))];
    }

    public override IReadOnlyList<SocketRow> ReadSockets(string protocol = "tcp") =>
        [.. SocketTable.Read("/proc/self/net", protocol)];

    // Between fork and exec a process still has the grader's environment.
    protected override bool OwnersNeverChange => false;

    protected override bool Owns(int processId) =>
        ProcessTable.ReadEnvironment(processId).Contains($"{CookieVariable}={Cookie}");

    protected static IPEndPoint[] ActiveListeners() =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners();

    private sealed class Turn : IDisposable
    {
        public void Dispose() => OneAtATime.Release();
    }
}
