using Grader.Checks;

namespace Grader.Clients;

/// <summary>What a client heard in place of a reply of known length.</summary>
/// <param name="Bytes">All that came, up to what was the end of a reply.</param>
/// <param name="Ending">How the connection had ended by then; if it had not, and the reply was not complete, the server fell silent.</param>
public sealed record Heard(byte[] Bytes, Ending Ending)
{
    private const int Shown = 80;

    public bool EndsWithNewline => Bytes is [.., (byte)'\n'];

    /// <summary>As what came in place of an expected reply.</summary>
    public Reply InPlaceOf(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> expected)
    {
        var matched = Bytes.AsSpan().CommonPrefixLength(expected.Span);
        return new Reply(request, expected, matched, Bytes.AsMemory(matched), Ending);
    }

    /// <summary>Bytes in quotes, a long text without its middle.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes) => $"\"{Text.Shorten(Text.Escape(bytes), Shown)}\"";

    /// <summary>In the words of a report: <c>"41\n"</c>, <c>"4", then silence</c>, <c>no byte: the connection was closed</c>.</summary>
    public override string ToString() =>
        Bytes.Length == 0 ? $"no byte: {Difference.DescribeEnding(Ending)}"
        : EndsWithNewline ? Quote(Bytes)
        : $"{Quote(Bytes)}, then {Difference.DescribeEnding(Ending)}";
}
