using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Grader.Hosting;

/// <summary>Listens to what goes over a network's loopback, until it is disposed (packet(7)).</summary>
internal sealed class PacketCapture : IAsyncDisposable
{
    // As <linux/if_ether.h>, <linux/if_packet.h> and <asm-generic/socket.h> number them.
    private const short EveryProtocol = 3;
    private const int LevelPacket = 263;
    private const int Statistics = 6;
    private const int IgnoreOutgoing = 23;
    private const int LevelSocket = 1;
    private const int ForceReceiveBuffer = 33;

    // In bytes: what a stream of 16 MiB leaves behind while we come to it.
    private const int Buffer = 64 << 20;

    private readonly Action<ReadOnlySpan<byte>> _add;
    private readonly Action<long> _lose;
    private readonly Socket _socket;
    private readonly byte[] _packet = new byte[PacketFile.Longest];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _loop;

    /// <summary>Begins on a thread that belongs to the network.</summary>
    /// <param name="add">Takes a packet, with the header of its link in front.</param>
    /// <param name="lose">Told how many packets came too fast to be taken.</param>
    /// <exception cref="SocketException">The kernel forbids it.</exception>
    public PacketCapture(Action<ReadOnlySpan<byte>> add, Action<long> lose)
    {
        _add = add;
        _lose = lose;
        _socket = new Socket(
            AddressFamily.Packet,
            SocketType.Raw,
            (ProtocolType)(ushort)IPAddress.HostToNetworkOrder(EveryProtocol)
        );
        try
        {
            // On a loopback every packet that goes out comes in again.
            _socket.SetRawSocketOption(LevelPacket, IgnoreOutgoing, BitConverter.GetBytes(1));
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        try
        {
            _socket.SetRawSocketOption(LevelSocket, ForceReceiveBuffer, BitConverter.GetBytes(Buffer));
        }
        catch (SocketException)
        {
            // For an ordinary user there is a limit.
            _socket.ReceiveBufferSize = Buffer;
        }

        _loop = LoopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        while (_socket.Poll(0, SelectMode.SelectRead))
        {
            _add(_packet.AsSpan(0, _socket.Receive(_packet)));
        }

        Span<byte> counts = stackalloc byte[8];
        _socket.GetRawSocketOption(LevelPacket, Statistics, counts);
        _lose(BinaryPrimitives.ReadUInt32LittleEndian(counts[4..]));
        _socket.Dispose();
        _end.Dispose();
    }

    private async Task LoopAsync()
    {
        try
        {
            while (true)
            {
                var length = await _socket.ReceiveAsync(_packet, SocketFlags.None, _end.Token);
                _add(_packet.AsSpan(0, length));
            }
        }
        catch (OperationCanceledException)
        {
            // What is still there is read by whoever ends this.
        }
    }
}
