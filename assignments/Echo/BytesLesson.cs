using System.Text;
using Grader.Checks;

namespace Grader.Assignments.Echo;

/// <summary>A socket carries bytes; text is what two programs may agree to read into them.</summary>
internal static class BytesLesson
{
    private static readonly string[] Scripts =
    [
        "Żółć-Ærøskøbing-naïve",
        "Ελληνικά-Кириллица-Հայերեն",
        "中文-日本語-한국어-ไทย-हिन्दी",
        // Right to left: the bytes still go first to last.
        "שלום-مرحبا",
        // The same word in composed (NFC) and decomposed (NFD) form: other bytes, and so another message.
        "caf\u00e9-cafe\u0301-\u212b-A\u030a-\uac00-\u1100\u1161",
        // A family joined by zero-width joiners, a flag, a skin tone, a variation selector.
        "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466-\U0001f1eb\U0001f1ee-\U0001f44d\U0001f3fd-\u2764\ufe0f",
    ];

    // What becomes of the first of these that is changed (UAX 15): decomposed, composed. KD and KC differ in none of them.
    public static readonly string[] Normalised =
    [
        "Z\u0307o\u0301\u0142c\u0301-\u00c6r\u00f8sk\u00f8bing-nai\u0308ve",
        "caf\u00e9-caf\u00e9-\u00c5-\u00c5-\uac00-\uac00",
    ];

    private static readonly string[] Characters = ["é", "€", "\U0001f600"];

    private static readonly string[] Blanks =
    [
        "  before",
        "after  ",
        "   ",
        "\t\tboth\t",
        "\n\n\n",
        "a\n\nb\n",
        "\r\nx\r\n",
    ];

    public static readonly Check Unicode = new()
    {
        Id = "unicode",
        Name = "returns text of many scripts unchanged",
        Points = 4,
        OnTheWire =
            "Sends words in Latin, Greek, Cyrillic, Armenian, Chinese, Japanese, Korean, Thai, Hindi, Hebrew "
            + "and Arabic, composed and decomposed accents, and emoji, a connection each.",
        Teaches = "What looks like the same text can be other bytes; an echo returns the bytes.",
        Hint = "Do not decode, normalise or change case: send back the bytes that came.",
        Run = async bench =>
        {
            foreach (var text in Scripts)
            {
                await bench.EchoAsync(Encoding.UTF8.GetBytes(text));
            }
        },
    };

    public static readonly Check SplitCodePoint = new()
    {
        Id = "split-code-point",
        Name = "returns a character that arrives in two pieces",
        Points = 4,
        OnTheWire = "Sends a character of two, three or four bytes in two writes, cut at each place inside it.",
        Teaches = "A receive may end in the middle of a character: what it gives need not be text.",
        Hint = "Do not decode what one receive gave you; its last character may be unfinished.",
        Run = async bench =>
        {
            foreach (var (first, second) in Splits())
            {
                await bench.TalkAsync(async client =>
                {
                    await client.SendAsync(first);
                    await client.WaitUntilTakenAsync();
                    await client.SendAsync(second);
                    byte[] message = [.. first, .. second];
                    await client.ExpectAsync(message);
                    await client.FinishAsync();
                });
            }
        },
    };

    public static readonly Check EveryByte = new()
    {
        Id = "every-byte",
        Name = "returns every byte value",
        Points = 4,
        OnTheWire =
            "Sends all 256 byte values, and sequences that are no UTF-8, in one message; then the digit 0 alone, on a "
            + "connection of its own.",
        Teaches = "A byte on a socket can have any of 256 values: not all are characters, and none ends the data.",
        Hint = "Use the count that the receive returned, not a terminating zero, and do not decode.",
        Run = async bench =>
        {
            await bench.EchoAsync(AllBytes());
            try
            {
                await bench.EchoAsync("0"u8.ToArray());
            }
            catch (CheckFailedException e)
            {
                throw new CheckFailedException(
                    e.Failure with
                    {
                        Hint =
                            "In some languages \"0\" is as good as false: ask how many bytes came, not whether they are true.",
                    }
                );
            }
        },
    };

    public static readonly Check Whitespace = new()
    {
        Id = "whitespace",
        Name = "returns blanks and line ends unchanged",
        Points = 3,
        OnTheWire =
            "Sends blanks, tabs, LF and CRLF in front of, behind and between letters, and alone, a connection each.",
        Teaches = "Blanks and line ends are bytes like all others.",
        Hint = "Do not strip, trim or read by lines.",
        Run = async bench =>
        {
            foreach (var text in Blanks)
            {
                await bench.EchoAsync(Encoding.ASCII.GetBytes(text));
            }
        },
    };

    public static readonly Lesson Value = new()
    {
        Title = "Bytes, not text",
        RestartsQuietly = true,
        Checks = [Unicode, SplitCodePoint, EveryByte, Whitespace],
    };

    // Each character at each of its inner positions, between letters.
    private static IEnumerable<(byte[] First, byte[] Second)> Splits() =>
        from character in Characters
        let bytes = Encoding.UTF8.GetBytes($"x{character}y")
        from position in Enumerable.Range(2, bytes.Length - 3)
        select (bytes[..position], bytes[position..]);

    // Letters around, so that what is wrong here is not wrong for its edges.
    private static byte[] AllBytes() =>
        [
            (byte)'A',
            .. Enumerable.Range(0, 256).Select(value => (byte)value),
            0xc3,
            0x28,
            0xff,
            0xfe,
            0x00,
            0x0d,
            0x0a,
            0x1a,
            (byte)'Z',
        ];
}
