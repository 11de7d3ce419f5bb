using System.Buffers.Binary;
using System.Net;

namespace Grader.Hosting;

/// <summary>Where the programs of a network try to connect to: the targets of packets that begin a connection (RFC 9293 3.5).</summary>
public sealed class ConnectionAttempts : IAsyncDisposable
{
    // Whoever scans all ports is not followed to the end.
    private const int Most = 16;

    // Ethernet's, which the kernel puts on a loopback as well (packet(7)).
    private const int LinkHeader = 14;
    private const ushort IPv4 = 0x0800;
    private const ushort IPv6 = 0x86dd;
    private const int IPv6Header = 40;
    private const byte Tcp = 6;
    private const byte SynAndAck = 0x12;
    private const byte Syn = 0x02;

    private readonly Lock _lock = new();
    private readonly List<IPEndPoint> _targets = [];
    private PacketCapture? _capture;

    private ConnectionAttempts() { }

    /// <summary>Begins on a thread that belongs to the network.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The kernel forbids it.</exception>
    internal static ConnectionAttempts Watch()
    {
        var attempts = new ConnectionAttempts();
        attempts._capture = new PacketCapture(attempts.Add, _ => { });
        return attempts;
    }

    /// <summary>Every target so far, the first one first; no more are seen afterwards.</summary>
    public async Task<IReadOnlyList<IPEndPoint>> ReadAsync()
    {
        await DisposeAsync();
        lock (_lock)
        {
            return [.. _targets];
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_capture is { } capture)
        {
            _capture = null;
            await capture.DisposeAsync();
        }
    }

    private void Add(ReadOnlySpan<byte> packet)
    {
        if (FindTarget(packet) is not { } target)
        {
            return;
        }

        lock (_lock)
        {
            if (_targets.Count < Most && !_targets.Contains(target))
            {
                _targets.Add(target);
            }
        }
    }

    private static IPEndPoint? FindTarget(ReadOnlySpan<byte> packet)
    {
        if (packet.Length < LinkHeader + IPv6Header)
        {
            return null;
        }

        var ip = packet[LinkHeader..];
        // RFC 791 3.1 and RFC 8200 3: where the protocol, the destination and the end of the header stand.
        var (protocol, address, size, length) = BinaryPrimitives.ReadUInt16BigEndian(packet[(LinkHeader - 2)..]) switch
        {
            IPv4 => (ip[9], 16, 4, (ip[0] & 0x0f) * 4),
            IPv6 => (ip[6], 24, 16, IPv6Header),
            _ => (default, 0, 0, 0),
        };
        // RFC 9293 3.1: ports, two numbers, an offset, and then the flags.
        return protocol == Tcp && ip.Length > length + 13 && (ip[length + 13] & SynAndAck) == Syn
            ? new IPEndPoint(
                new IPAddress(ip.Slice(address, size)),
                BinaryPrimitives.ReadUInt16BigEndian(ip[(length + 2)..])
            )
            : null;
    }
}
