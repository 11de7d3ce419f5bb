using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Grader.Fuzzing;

namespace Grader.Assignments.Echo;

/// <summary>Messages of every kind of bytes and length; each connection gets back its own.</summary>
internal static class EchoConversations
{
    // Where buffers end.
    private static readonly int[] Buffers = [16, 32, 64, 100, 128, 255, 256, 512, 1000, 1024, 2048, 4096, 8192];

    private static readonly string[] Characters =
    [
        "a",
        "Z",
        "0",
        "é",
        "ß",
        "Ω",
        "ж",
        "語",
        "😀",
        "e\u0301",
        "\ufeff",
        " ",
    ];

    private static readonly byte[] Special =
    [
        0,
        (byte)' ',
        (byte)'\t',
        (byte)'\n',
        (byte)'\r',
        (byte)'a',
        0x1a,
        0x7f,
        0xff,
    ];

    public static ConversationModel Value { get; } =
        new()
        {
            Message = Gen.Frequency(
                (3, Text(Gen.Choose(1, 40))),
                (2, Text(from buffer in Gen.Elements(Buffers) from more in Gen.Choose(-1, 1) select buffer + more)),
                (2, Bytes(Gen.Choose(0, 255).Select(value => (byte)value))),
                (2, Bytes(Gen.Elements(Special))),
                (
                    2,
                    from count in Gen.Choose(1, 30)
                    from characters in Gen.Elements(Characters).ListOf(count)
                    select Encoding.UTF8.GetBytes(string.Concat(characters))
                )
            ),
            Read = bytes => bytes.IsEmpty ? [] : [new EchoExchange(bytes.ToArray())],
        };

    // Printable, and in another order in every message.
    private static Gen<byte[]> Text(Gen<int> length) =>
        from count in length
        from first in Gen.Choose(0, 93)
        from step in Gen.Choose(1, 93)
        select Enumerable.Range(0, count).Select(index => (byte)('!' + ((first + (index * step)) % 94))).ToArray();

    private static Gen<byte[]> Bytes(Gen<byte> value) =>
        from count in Gen.Choose(1, 64)
        from bytes in value.ArrayOf(count)
        select bytes;
}
