using Grader.Clients;

namespace Grader.Checks;

/// <summary>Tells where a reply left the expected bytes, in a window around the first wrong one.</summary>
internal static class Difference
{
    private const int Before = 16;
    private const int After = 24;

    // How the network cuts a longer message is another matter in every run, and so is how much a wrong server returns of it.
    public const int Exact = 16_384;

    /// <summary>How many bytes after the first wrong one are worth waiting for: more than are shown, to find the cause.</summary>
    public const int Context = 512;

    /// <param name="expected">The whole reply that was expected.</param>
    /// <param name="matched">How many bytes of it came.</param>
    /// <param name="wrong">What came instead of the next ones; empty when nothing more came.</param>
    /// <param name="ending">How the connection ended after that.</param>
    public static Failure Describe(ReadOnlyMemory<byte> expected, int matched, byte[] wrong, Ending ending) =>
        Tell(expected.Span, matched, wrong, ending) with
        {
            Symptom = Symptom.WrongReply,
            Reply = new Reply(expected, expected, matched, wrong, ending),
        };

    private static Failure Tell(ReadOnlySpan<byte> expected, int matched, ReadOnlySpan<byte> wrong, Ending ending)
    {
        if (expected.Length > Exact)
        {
            return DescribeLong(expected.Length, matched, wrong.IsEmpty, ending);
        }

        if (matched == 0 && wrong.IsEmpty)
        {
            return new Failure(Quote(expected, 0, After), $"no byte: {DescribeEnding(ending)}");
        }

        var start = matched > Before + After ? matched - Before : 0;
        var lead = Text.Escape(expected[start..matched]);
        var tail = wrong.IsEmpty ? $"\", then {DescribeEnding(ending)}" : $"{Quote(wrong)}\"";
        return new Failure(Quote(expected, start, matched + After), $"{Omitted(start)}\"{lead}{tail}")
        {
            Caret = Omitted(start).Length + 1 + lead.Length,
        };
    }

    private static Failure DescribeLong(long expected, long matched, bool isCut, Ending ending)
    {
        // A server that hangs up early does so wherever the network had got to; one that leaves out a part falls silent,
        // or goes on with another, by chance.
        var hasClosed = isCut && ending != Ending.None;
        var right =
            matched == 0 ? "no byte"
            : matched == expected ? "all of them"
            : hasClosed ? "a part of them"
            : matched > Exact ? $"more than {Text.Count(Exact, "byte")} of them"
            : $"the first {Text.Count(matched, "byte")}";
        var next =
            hasClosed || (isCut && matched == 0) ? DescribeEnding(ending)
            : matched == expected ? "more"
            : "not what follows";
        return new Failure($"all of {Text.Count(expected, "byte")}, and no more", $"{right}, then {next}")
        {
            DependsOnTiming = true,
        };
    }

    /// <summary>Bytes that came after a reply was complete.</summary>
    public static Failure DescribeSurplus(ReadOnlyMemory<byte> reply, byte[] surplus) =>
        (
            reply.Length > Exact
                ? DescribeLong(reply.Length, reply.Length, isCut: false, Ending.None)
                : new Failure(
                    $"nothing after the reply of {Text.Count(reply.Length, "byte")}",
                    $"\"{Quote(surplus)}\" as well"
                )
        ) with
        {
            Symptom = Symptom.WrongReply,
            Reply = new Reply(reply, reply, reply.Length, surplus, Ending.None),
        };

    /// <summary>As many bytes as are shown, escaped.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes) => Text.Escape(bytes[..Math.Min(After, bytes.Length)]);

    public static string DescribeEnding(Ending ending) =>
        // A server that closes while bytes of ours wait unread sends RST in place of FIN; which, is a matter of timing.
        ending == Ending.None
            ? "silence"
            : "the connection was closed";

    private static string Quote(ReadOnlySpan<byte> bytes, int start, int end)
    {
        var rest = Math.Max(0, bytes.Length - end);
        return $"{Omitted(start)}\"{Text.Escape(bytes[start..(bytes.Length - rest)])}\"{(rest > 0 ? $" {Omitted(rest).TrimEnd()}" : "")}";
    }

    private static string Omitted(int count) => count == 0 ? "" : $"[... {Text.Count(count, "byte")} ...] ";
}
