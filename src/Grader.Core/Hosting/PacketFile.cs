using System.Buffers.Binary;

namespace Grader.Hosting;

/// <summary>A file of packets in the format of libpcap (draft-ietf-opsawg-pcap), for Wireshark and tcpdump.</summary>
/// <remarks>It holds what went over the loopback of every network that was added to it, as it was seen.</remarks>
public sealed class PacketFile : IDisposable
{
    /// <summary>In bytes: on a loopback a packet has at most 64 KiB, and a header of Ethernet.</summary>
    public const int Longest = 65_536 + 14;

    private const uint Magic = 0xa1b2c3d4;
    private const int MajorVersion = 2;
    private const int MinorVersion = 4;
    private const int HeaderLength = 24;
    private const int RecordHeaderLength = 16;

    // What loopback devices carry: headers of Ethernet without addresses.
    private const uint LinkTypeEthernet = 1;

    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();

    /// <param name="path">The file, which is replaced.</param>
    /// <param name="time">When a packet is seen.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public PacketFile(string path, TimeProvider time)
    {
        _time = time;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], MajorVersion);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], MinorVersion);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], Longest);
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], LinkTypeEthernet);
        _file.Write(header);
    }

    /// <summary>How many packets came faster than they could be taken down.</summary>
    public long Lost { get; private set; }

    /// <summary>Why the file is not whole, such as a full disk; null where it is.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Takes down a packet that was seen now; nothing more once the file has trouble.</summary>
    public void Add(ReadOnlySpan<byte> packet)
    {
        Span<byte> header = stackalloc byte[RecordHeaderLength];
        lock (_lock)
        {
            if (Trouble is not null)
            {
                return;
            }

            var now = _time.GetUtcNow();
            BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)now.ToUnixTimeSeconds());
            BinaryPrimitives.WriteUInt32LittleEndian(
                header[4..],
                (uint)(now.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond)
            );
            BinaryPrimitives.WriteUInt32LittleEndian(header[8..], (uint)packet.Length);
            BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)packet.Length);
            try
            {
                _file.Write(header);
                _file.Write(packet);
            }
            catch (IOException e)
            {
                // It costs nobody's grade.
                Trouble = e.Message;
            }
        }
    }

    /// <summary>Counts packets that were lost.</summary>
    public void Lose(long packets)
    {
        lock (_lock)
        {
            Lost += packets;
        }
    }

    public void Dispose()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException e)
        {
            Trouble ??= e.Message;
        }
    }
}
