using System.Text;
using System.Text.RegularExpressions;
using Grader.Assignments.Shared;
using Grader.Checks;
using Grader.Diagnosis;

namespace Grader.Assignments.Echo;

/// <summary>What servers add to a reply, or leave in it.</summary>
internal static partial class ReplyCauses
{
    private const string Short = "short-message";

    // In bytes: what is found in a reply by chance is shorter.
    private const int Telling = 6;

    private static readonly Misconception StaleBuffer = new()
    {
        Id = "stale-buffer",
        Title = "Your server sends more of its buffer than it received",
        Why =
            "Behind the message came what the buffer still held: zeros, or bytes of an earlier message. A receive fills only "
            + "the beginning of the buffer, and says how much.",
        Teaches = "A receive returns how many bytes of the buffer are new; all others are old.",
        Advice = "Send as many bytes as this receive returned, not the whole buffer, and not up to a terminating zero.",
        // Where the same block passes again and again, what was lost and what was sent before look alike.
        Shows = evidence =>
            evidence.Failed.Any(check =>
                HasZeros(check) || (HasEarlier(check, Telling) && check.Check != SizeLesson.BoundedMemory.Id)
            ),
        Explains = (_, check) =>
            HasZeros(check)
            || HasEarlier(check, 1)
            || check is { Failure.DependsOnTiming: true, Reply.Wrong.IsEmpty: false },
        Over = ["decodes-chunks"],
    };

    private static readonly Misconception DuplicatesData = new()
    {
        Id = "duplicates-data",
        Title = "Your server sends everything twice",
        Why = "The right bytes came, and then the same ones again. Two places in the program send the reply.",
        Teaches = "An echo server sends back the bytes that it received, no more, no fewer, no others.",
        Advice = "Look for every call that sends on the way from receive to receive: there must be one.",
        Shows = evidence => evidence.Find(Short) is { Reply: { } reply } && IsTwice(reply),
        Explains = (_, check) =>
            check.Reply is { } reply && (IsTwice(reply) || IsPieceTwice(reply) || HasEarlier(check, 1)),
        Over = [StaleBuffer.Id],
    };

    private static readonly Misconception SendsForEver = new()
    {
        Id = "sends-for-ever",
        Title = "Your server sends the same bytes again and again",
        Why =
            "The right bytes came, then the same ones, and so on without an end. The loop sends, whether a receive has given "
            + "something new or not.",
        Teaches = "A loop that waits for the end of the data must ask for more data each time round.",
        Advice =
            "Receive in each turn of the loop, send only what has just come, and end it when a receive gives nothing.",
        Shows = evidence => evidence.Find(Short) is { Reply: { IsWhole: false } reply } && IsTwice(reply),
        // One that is busy sending hears nobody else.
        Explains = (evidence, check) => DuplicatesData.Explains(evidence, check) || check.Failure.IsByTime,
        Over = [StaleBuffer.Id, DuplicatesData.Id],
    };

    private static readonly Misconception AddsPrefix = new()
    {
        Id = "adds-prefix",
        Title = "Your server puts something in front of each reply",
        Why =
            "The message came back behind other bytes. A client that compares sees a wrong reply from its first byte on.",
        Teaches = "An echo server sends back the bytes that it received, no more, no fewer, no others.",
        Advice = "Send the bytes alone; what is meant for people belongs on the server's own console.",
        Shows = evidence => evidence.Find(Short) is { Reply: { } reply } && FindBehind(reply, Telling) > 0,
        Explains = (_, check) => check.Reply is { } reply && FindBehind(reply, 1) > 0,
        // A length in four bytes begins with zeros.
        Over = [StaleBuffer.Id],
    };

    private static readonly Misconception AddsNewline = new()
    {
        Id = "adds-newline",
        Title = "Your server adds a newline to each reply",
        Why = "Behind the message came a line end that nobody had sent. A function that writes lines adds it.",
        Teaches = "An echo server sends back the bytes that it received, no more, no fewer, no others.",
        Advice = "Write bytes, not lines: no function for printing, and nothing appended.",
        Explains = (_, check) => HasNewline(check),
    };

    private static readonly Misconception SendsRepr = new()
    {
        Id = "sends-repr",
        Title = "Your server sends how your language shows bytes, not the bytes",
        Why =
            "The reply is the notation in which a program would print them, with quotes, brackets or numbers. Somewhere "
            + "bytes became a string by the general way for any value.",
        Teaches = "What a language prints of an object is for people; on the wire are the bytes themselves.",
        Advice = "Send what the receive returned, without a conversion to a string in between.",
        Explains = (_, check) =>
            check.Reply is { } reply && Notation().IsMatch(Encoding.Latin1.GetString(reply.Received)),
        Over = [AddsPrefix.Id],
    };

    public static IReadOnlyList<Misconception> All { get; } =
    [StaleBuffer, DuplicatesData, SendsForEver, GreetingCause.Value, AddsPrefix, AddsNewline, SendsRepr];

    private static bool HasZeros(FailedCheck check) =>
        check.Reply is { Wrong.IsEmpty: false } reply
        && reply.Wrong.Span[0] == 0
        && (reply.Matched > 0 || check.HasHeard)
        && (reply.Matched == reply.Expected.Length || reply.Expected.Span[reply.Matched] != 0);

    // What came in place of the next bytes was sent before, on this connection.
    private static bool HasEarlier(FailedCheck check, int least)
    {
        if (check.Reply is not { } reply || reply.Wrong.Length < least)
        {
            return false;
        }

        // Of a long message the transcript holds the beginning alone.
        var earlier = check.Failure.DependsOnTiming
            ? []
            : check.Sent.AsSpan(0, Math.Min(check.Sent.Length, check.Failure.HeardBefore));
        ReadOnlySpan<byte> before = [.. earlier, .. reply.Expected.Span[..reply.Matched]];
        return before.IndexOf(reply.Wrong.Span[..Math.Min(Telling, reply.Wrong.Length)]) >= 0;
    }

    private static bool IsTwice(Reply reply) =>
        !reply.Wrong.IsEmpty
        && reply.Matched == reply.Expected.Length
        && reply.Expected.Span.StartsWith(reply.Wrong.Span[..Math.Min(reply.Wrong.Length, reply.Expected.Length)]);

    private static bool IsPieceTwice(Reply reply)
    {
        var came = reply.Expected.Span[..reply.Matched];
        while (!came.IsEmpty && !reply.Wrong.Span.StartsWith(came))
        {
            came = came[1..];
        }

        return !came.IsEmpty;
    }

    // Of a message that came in pieces, each piece may have its own.
    private static int FindBehind(Reply reply, int bytes) =>
        reply.Received.AsSpan().IndexOf(reply.Expected.Span[..Math.Min(bytes, reply.Expected.Length)]);

    private static bool HasNewline(FailedCheck check) =>
        check.Reply is { } reply
        && (reply.Wrong.Span.StartsWith("\n"u8) || reply.Wrong.Span.StartsWith("\r\n"u8))
        && (reply.Matched > 0 || check.HasHeard)
        && (
            reply.Matched == reply.Expected.Length
            || reply.Expected.Span[reply.Matched] is not ((byte)'\n' or (byte)'\r')
        );

    // Of Python, Ruby and JSON strings; of arrays in Java, Node.js, Go, Rust, C# and Perl.
    [GeneratedRegex(
        """\A(?:b['"]|['"]|\[B@|<Buffer |\{"type":"Buffer"|\[[0-9]{1,3}[, \]]|&?\[\]|System\.Byte\[\]|ARRAY\(0x|bytearray\()"""
    )]
    private static partial Regex Notation();
}
