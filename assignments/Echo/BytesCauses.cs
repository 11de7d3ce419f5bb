using System.Text;
using Grader.Checks;
using Grader.Diagnosis;

namespace Grader.Assignments.Echo;

/// <summary>Beliefs about what bytes are.</summary>
internal static class BytesCauses
{
    private const string Short = "short-message";
    private const string Unicode = "unicode";
    private const string Split = "split-code-point";
    private const string EveryByte = "every-byte";

    private static readonly Misconception DecodesChunks = new()
    {
        Id = "decodes-chunks",
        Title = "Your server decodes what each receive gives it",
        Why =
            "A character of several bytes was cut between two receives, and neither half is text. Characters that arrive "
            + "in one piece pass.",
        Teaches = "A receive may end in the middle of a character: what it gives need not be text.",
        Advice = "Leave the bytes as they are; an echo needs no characters.",
        Shows = evidence => evidence.HasPassed(Unicode) && evidence.HasPassed("fragmented-send"),
        Explains = (_, check) => check.Check == Split,
    };

    private static readonly Misconception TextNotBytes = new()
    {
        Id = "text-not-bytes",
        Title = "Your server takes all bytes for text",
        Why =
            "Bytes that are no characters in the encoding that it uses got lost, were replaced, or stopped it. On a socket "
            + "any byte may come.",
        Teaches = "A byte on a socket can have any of 256 values: not all are characters, and none ends the data.",
        Advice = "Do not turn what was received into a string, not even to print it; send the bytes back.",
        Shows = evidence => evidence.Find(Short) is null && evidence.Find(EveryByte) is { } check && IsAboutText(check),
        Explains = (evidence, check) =>
            (check.Check == EveryByte && IsAboutText(check))
            || (check.Check is Unicode or Split && evidence.Find(Unicode) is { } text && IsAboutText(text)),
        Over = ["decodes-chunks"],
    };

    private static readonly Misconception CString = new()
    {
        Id = "c-string",
        Title = "Your server takes what it received for a C string",
        Why =
            "The reply stops at the first zero byte. Functions for strings look for that byte, and a receive does not "
            + "promise one.",
        Teaches = "A byte on a socket can have any of 256 values: not all are characters, and none ends the data.",
        Advice = "Use the count that the receive returned, and no function that works on strings.",
        Explains = (_, check) =>
            check.Reply is { Matched: > 0 } reply
            && reply.Matched < reply.Expected.Length
            && reply.Expected.Span[reply.Matched] == 0
            // What goes on behind the zero was not taken for a string.
            && !Follows(reply, RemoveZeros),
    };

    private static readonly Misconception StripsWhitespace = new()
    {
        Id = "strips-whitespace",
        Title = "Your server removes blanks or line ends",
        Why = "The letters came back, and the blanks around them did not. To an echo they are bytes like all others.",
        Teaches = "Blanks and line ends are bytes like all others.",
        Advice = "Do not strip, trim, chomp or split what came.",
        Shows = evidence => evidence.Find(Short) is null,
        Explains = (_, check) =>
            check.Reply is { IsEmpty: false } reply
            && reply.Received.Length < reply.Expected.Length
            && Follows(reply, RemoveBlanks),
    };

    private static readonly Misconception NewlineTranslation = new()
    {
        Id = "newline-translation",
        Title = "Your server changes line ends",
        Why =
            "CR LF and LF are two and one bytes, and came back as the other. A stream in text mode translates them on the "
            + "way in or out.",
        Teaches = "Blanks and line ends are bytes like all others.",
        Advice = "Use the socket itself, or a stream in binary mode, and replace nothing.",
        Explains = (_, check) => check.Reply is { IsEmpty: false } reply && Follows(reply, WithLineFeeds),
        Over = [StripsWhitespace.Id],
    };

    private static readonly Misconception NormalisesText = new()
    {
        Id = "normalises-text",
        Title = "Your server normalises text",
        Why =
            "Accented letters have two spellings in Unicode, and the server turned one into the other. They look alike, and "
            + "are different bytes.",
        Teaches = "What looks like the same text can be other bytes; an echo returns the bytes.",
        Advice = "Send back what came; normalise only what you compare.",
        Explains = (_, check) =>
            check.Check == Unicode
            && check.Reply is { } reply
            && Array.Exists(
                BytesLesson.Normalised,
                text => Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(reply.Received)
            ),
        Over = [TextNotBytes.Id],
    };

    private static readonly Misconception ChangesCase = new()
    {
        Id = "changes-case",
        Title = "Your server changes capitals and small letters",
        Why = "The same letters came back in another case. That is another exercise: an echo is exactly what came.",
        Teaches = "An echo server sends back the bytes that it received, no more, no fewer, no others.",
        Advice = "Take the conversion out.",
        Explains = (_, check) => check.Reply is { IsEmpty: false } reply && Follows(reply, ToUpper),
        Over = [TextNotBytes.Id, "stale-buffer"],
    };

    public static IReadOnlyList<Misconception> All { get; } =
    [DecodesChunks, TextNotBytes, CString, StripsWhitespace, NewlineTranslation, NormalisesText, ChangesCase];

    // Nothing came, or it went wrong at a byte that is not ASCII.
    private static bool IsAboutText(FailedCheck check) =>
        check.Reply is { } reply
            ? (reply.Matched == 0 && reply.Expected.Length > 1)
                || (reply.Matched < reply.Expected.Length && reply.Expected.Span[reply.Matched] >= 0x80)
            : check.IsCrash;

    // Whether what came is the expected bytes once both are changed, as far as it goes: of a long reply only a part is known.
    private static bool Follows(Reply reply, Func<byte[], byte[]> change)
    {
        var received = change(reply.Received);
        var expected = change(reply.Expected.ToArray());
        return !reply.Wrong.IsEmpty
            && (reply.IsWhole ? expected.AsSpan().SequenceEqual(received) : expected.AsSpan().StartsWith(received));
    }

    private static byte[] RemoveBlanks(byte[] bytes) => [.. bytes.Where(value => !IsBlank(value))];

    private static byte[] RemoveZeros(byte[] bytes) => [.. bytes.Where(value => value != 0)];

    private static bool IsBlank(byte value) => value is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r');

    private static byte[] WithLineFeeds(byte[] bytes) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bytes).ReplaceLineEndings("\n"));

    private static byte[] ToUpper(byte[] bytes) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).ToUpperInvariant());
}
