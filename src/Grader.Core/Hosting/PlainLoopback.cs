using System.Net;

namespace Grader.Hosting;

/// <summary>The machine's own loopback where no process can be looked into: macOS and Windows have no /proc.</summary>
internal sealed class PlainLoopback : SharedLoopback
{
    private readonly HashSet<IPEndPoint> _before = [.. ActiveListeners()];

    public override bool CanObserve => false;

    // Whose a socket is, cannot be seen; one that was there before the server is not the server's.
    public override IReadOnlyList<SocketRow> ReadListeners() =>
        [
            .. ActiveListeners()
                .Where(endpoint => !_before.Contains(endpoint))
                .Select(Reachable)
                .Select(endpoint => new SocketRow(endpoint, endpoint, SocketState.Listen, 0, 0, 0)),
        ];

    public override IReadOnlyList<SocketRow> ReadOwnSockets(string protocol) => [];

    public override IReadOnlyList<SocketRow> ReadSockets(string protocol = "tcp") => [];

    private static IPEndPoint Reachable(IPEndPoint endpoint) =>
        endpoint.Address.IsIPv4MappedToIPv6 ? new(endpoint.Address.MapToIPv4(), endpoint.Port) : endpoint;
}
