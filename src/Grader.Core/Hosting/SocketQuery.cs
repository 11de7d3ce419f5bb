using System.Buffers.Binary;
using System.ComponentModel;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Grader.Hosting;

/// <summary>
/// Asks the kernel for one TCP socket of a network (sock_diag(7)), which costs the same however many connections there are;
/// its table costs as much again for each.
/// </summary>
internal sealed class SocketQuery : IDisposable
{
    // As <linux/netlink.h>, <linux/sock_diag.h>, <linux/inet_diag.h> and <linux/socket.h> number them.
    private const ushort SocketDiagnosisByFamily = 20;
    private const ushort IsRequest = 1;
    private const ushort IsError = 2;
    private const int NoSuchSocket = -2;
    private const byte Inet = 2;
    private const byte Inet6 = 10;
    private const byte Tcp = 6;

    // The one interface of a fresh network; a socket that is bound to it is found by no other number, any other by all.
    private const uint Loopback = 1;

    // In bytes. After the nlmsghdr comes an inet_diag_req_v2 in a request, an inet_diag_msg in an answer.
    private const int Header = 16;
    private const int RequestLength = Header + 56;
    private const int AnswerLength = Header + 72;
    private const int AddressLength = 16;

    private static readonly IPEndPoint Nobody = new(IPAddress.Any, 0);

    private readonly Lock _lock = new();
    private readonly Socket _socket;
    private uint _sequence;

    private SocketQuery(Socket socket)
    {
        _socket = socket;
    }

    /// <summary>Opens one on a thread that belongs to the network; null where the kernel answers no such questions.</summary>
    /// <remarks>A kernel without the module for TCP says the same as of a socket that is not there: it must find one.</remarks>
    public static SocketQuery? TryOpen()
    {
        SocketQuery? query = null;
        try
        {
            query = new SocketQuery(new Socket(Native.OpenNetlink(Native.NetlinkSocketDiagnosis)));
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            if (query.FindListener((IPEndPoint)listener.LocalEndPoint!) is not null)
            {
                return query;
            }
        }
        catch (Win32Exception)
        {
            // Of which SocketException is one.
        }

        query?.Dispose();
        return null;
    }

    /// <summary>The socket that listens at an address.</summary>
    /// <exception cref="Win32Exception">The kernel does not answer.</exception>
    public SocketRow? FindListener(IPEndPoint local) =>
        // The kernel answers with who would take the connection, which may listen at every address.
        Find(local, Nobody) is { State: SocketState.Listen } row
        && row.Local.Equals(local)
            ? row
            : null;

    /// <summary>One side of a connection.</summary>
    /// <exception cref="Win32Exception">The kernel does not answer.</exception>
    public SocketRow? FindSide(IPEndPoint local, IPEndPoint remote) =>
        // Without a connection the kernel answers with who listens.
        Find(local, remote) is { State: not SocketState.Listen } row
            ? row
            : null;

    public void Dispose() => _socket.Dispose();

    private SocketRow? Find(IPEndPoint local, IPEndPoint remote)
    {
        Span<byte> request = stackalloc byte[RequestLength];
        request.Clear();
        MemoryMarshal.Write(request, RequestLength);
        MemoryMarshal.Write(request[4..], SocketDiagnosisByFamily);
        MemoryMarshal.Write(request[6..], IsRequest);
        var body = request[Header..];
        body[0] = local.AddressFamily == AddressFamily.InterNetwork ? Inet : Inet6;
        body[1] = Tcp;
        // States: any. Then the two ports, the two addresses, the interface, and no cookie.
        MemoryMarshal.Write(body[4..], uint.MaxValue);
        BinaryPrimitives.WriteUInt16BigEndian(body[8..], (ushort)local.Port);
        BinaryPrimitives.WriteUInt16BigEndian(body[10..], (ushort)remote.Port);
        local.Address.TryWriteBytes(body.Slice(12, AddressLength), out _);
        remote.Address.TryWriteBytes(body.Slice(28, AddressLength), out _);
        MemoryMarshal.Write(body[44..], Loopback);
        MemoryMarshal.Write(body[48..], ulong.MaxValue);

        Span<byte> answer = stackalloc byte[1024];
        lock (_lock)
        {
            var sequence = ++_sequence;
            MemoryMarshal.Write(request[8..], sequence);
            _socket.Send(request);
            do
            {
                _socket.Receive(answer);
            } while (MemoryMarshal.Read<uint>(answer[8..]) != sequence);
        }

        if (MemoryMarshal.Read<ushort>(answer[4..]) == IsError)
        {
            var error = MemoryMarshal.Read<int>(answer[Header..]);
            return error == NoSuchSocket
                ? null
                : throw new Win32Exception(-error, "The kernel refused to tell of a socket");
        }

        return Parse(answer.Slice(Header, AnswerLength - Header));
    }

    // family, state, timer, retransmits, ports, addresses, interface, cookie, expires, two queues, user, inode
    private static SocketRow Parse(ReadOnlySpan<byte> body)
    {
        var length = body[0] == Inet ? 4 : AddressLength;
        var state = (SocketState)body[1];
        return new SocketRow(
            SocketTable.At(body.Slice(8, length), BinaryPrimitives.ReadUInt16BigEndian(body[4..])),
            SocketTable.At(body.Slice(24, length), BinaryPrimitives.ReadUInt16BigEndian(body[6..])),
            state,
            // Of one that listens it is the length of its backlog.
            SendQueue: state == SocketState.Listen ? 0 : MemoryMarshal.Read<uint>(body[60..]),
            ReceiveQueue: MemoryMarshal.Read<uint>(body[56..]),
            MemoryMarshal.Read<uint>(body[68..])
        )
        {
            AwaitsAcknowledgement = body[2] == SocketTable.SendsAgain,
        };
    }
}
