using Grader.Checks;

namespace Grader.Assignments.Echo;

/// <summary>TCP carries a stream of bytes, in which no write of the sender can be seen (RFC 9293 2.2).</summary>
internal static class StreamLesson
{
    private const int TinyBuffer = 4096;

    // Powers of two are what buffers are made of, and a thousand; one less, where a zero has its place behind the bytes, and
    // one more are what goes wrong around them.
    private static readonly int[] Boundaries =
    [
        15,
        16,
        17,
        32,
        255,
        511,
        1000,
        1023,
        1024,
        1025,
        2047,
        2048,
        4095,
        4096,
        4097,
        8191,
        8192,
        65536,
    ];

    public static readonly Check BufferBoundaries = new()
    {
        Id = "buffer-boundaries",
        Name = "returns messages as long as a buffer",
        Points = 10,
        OnTheWire =
            "Messages of 15, 16, 17, 32, 255, 511, 1000, 1023, 1024, 1025, 2047, 2048, 4095, 4096, 4097, 8191, 8192 "
            + "and 65536 bytes, a connection each. The client does not half-close before all is back.",
        Teaches = "A receive that fills its buffer, or does not, says nothing about where a message ends.",
        Hint =
            "Do not wait for a receive shorter than the buffer: the client may have sent exactly a buffer, and waits.",
        Run = async bench =>
        {
            foreach (var length in Boundaries)
            {
                await bench.EchoAsync(bench.Text(length));
            }
        },
    };

    public static readonly Check FragmentedSend = new()
    {
        Id = "fragmented-send",
        Name = "returns a message that comes byte by byte",
        Points = 10,
        OnTheWire =
            "Sends 48 bytes, each in a write of its own when the server has taken the one before; then reads "
            + "all of them.",
        Teaches = "One send may arrive as many receives; TCP keeps the order of bytes, not the pieces.",
        Hint = "Treat each receive as some bytes of a stream; only end of file ends it.",
        Run = bench =>
            bench.TalkAsync(async client =>
            {
                var message = bench.Text(48);
                await client.SendByteByByteAsync(message);
                await client.ExpectAsync(message);
                await client.FinishAsync();
            }),
    };

    public static readonly Check CoalescedSends = new()
    {
        Id = "coalesced-sends",
        Name = "returns ten messages that come at once",
        Points = 5,
        OnTheWire = "Sends ten messages of 20 bytes in one write, and reads 200 bytes.",
        Teaches = "Many sends may arrive in one receive.",
        Hint = "Return everything that a receive gave you, not only a first part of it.",
        Run = bench => bench.EchoAsync([.. Enumerable.Range(0, 10).SelectMany(_ => bench.Text(20))]),
    };

    public static readonly Check SlowReader = new()
    {
        Id = "slow-reader",
        Name = "waits for a client that reads slowly",
        Points = 5,
        LooksInside = true,
        OnTheWire =
            "Sends 256 KiB, reads nothing for 0.3 s, and then 4 KiB at a time, each when the server can send no"
            + " more.",
        Teaches = "A send may take fewer bytes than it was given, or wait: the receiver sets the pace.",
        Hint = "Look at how many bytes a send took, and send the rest; give up on no client because it is slow.",
        Run = bench =>
            bench.TalkAsync(
                async client =>
                {
                    // 256 KiB and a little: an exact multiple of a buffer is another check's matter.
                    var message = bench.Text((256 << 10) + 7);
                    await client.ExchangeInSipsAsync(message, message, sip: TinyBuffer);
                    await client.FinishAsync();
                },
                receiveBuffer: TinyBuffer
            ),
    };

    public static readonly Lesson Value = new()
    {
        Title = "A stream has no messages",
        RestartsQuietly = true,
        Checks = [BufferBoundaries, FragmentedSend, CoalescedSends, SlowReader],
    };
}
