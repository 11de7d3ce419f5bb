using System.Globalization;
using System.Net;

namespace Grader.Hosting;

/// <summary>The states of a TCP socket that matter here, with the kernel's numbers (include/net/tcp_states.h).</summary>
public enum SocketState
{
    Established = 1,
    SynSent = 2,
    SynReceived = 3,
    FinWait2 = 5,
    TimeWait = 6,
    CloseWait = 8,
    Listen = 10,
}

/// <summary>A TCP socket as the kernel tells of it: queues in bytes, for one that listens ReceiveQueue in connections.</summary>
public sealed record SocketRow(
    IPEndPoint Local,
    IPEndPoint Remote,
    SocketState State,
    long SendQueue,
    long ReceiveQueue,
    long Inode
)
{
    /// <summary>Whether something that was sent is not acknowledged yet, so that it is sent again in time.</summary>
    /// <remarks>Bytes that wait for room in the other side's receive queue are not sent.</remarks>
    public bool AwaitsAcknowledgement { get; init; }

    /// <summary>Whether bytes may be on their way to the other side: a busy kernel delivers late.</summary>
    /// <remarks>Who has got them says so 0.04 s later at most.</remarks>
    /// <param name="other">The other side, if it is there.</param>
    public bool IsDeliveringTo(SocketRow? other) =>
        AwaitsAcknowledgement
        && State is not (SocketState.SynSent or SocketState.SynReceived)
        // What is sent to a socket that waits in a full backlog is dropped, and sent again when there is room.
        && other is { State: not SocketState.SynReceived };
}

/// <summary>Reads the kernel's tables of sockets.</summary>
public static class SocketTable
{
    /// <summary>The timer that sends again; 4 is the one that asks for room (proc_net_tcp.rst of the kernel).</summary>
    internal const int SendsAgain = 1;

    /// <summary>The TCP or UDP rows of the network that <paramref name="folder"/> (a .../net folder in /proc) shows.</summary>
    public static IEnumerable<SocketRow> Read(string folder, string protocol) =>
        ReadFile($"{folder}/{protocol}").Concat(ReadFile($"{folder}/{protocol}6"));

    private static IEnumerable<SocketRow> ReadFile(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        return File.ReadAllLines(path).Skip(1).Select(Parse);
    }

    // sl local_address rem_address st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode ...
    private static SocketRow Parse(string line)
    {
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var queues = fields[4].Split(':');
        var timer = fields[5].Split(':')[0];
        return new SocketRow(
            ParseEndPoint(fields[1]),
            ParseEndPoint(fields[2]),
            (SocketState)int.Parse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            long.Parse(queues[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            long.Parse(queues[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture),
            long.Parse(fields[9], CultureInfo.InvariantCulture)
        )
        {
            AwaitsAcknowledgement =
                int.Parse(timer, NumberStyles.HexNumber, CultureInfo.InvariantCulture) == SendsAgain,
        };
    }

    // The kernel prints an address as 32-bit words in the machine's byte order: 0100007F is 127.0.0.1.
    private static IPEndPoint ParseEndPoint(string text)
    {
        var colon = text.LastIndexOf(':');
        var bytes = Convert.FromHexString(text[..colon]);
        if (BitConverter.IsLittleEndian)
        {
            for (var word = 0; word < bytes.Length; word += 4)
            {
                Array.Reverse(bytes, word, 4);
            }
        }

        return At(bytes, int.Parse(text[(colon + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }

    /// <summary>An address in the order of the network; one of IPv4 that is mapped into IPv6 (RFC 4291 2.5.5.2) is IPv4.</summary>
    internal static IPEndPoint At(ReadOnlySpan<byte> address, int port)
    {
        var ip = new IPAddress(address);
        return new IPEndPoint(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip, port);
    }
}
