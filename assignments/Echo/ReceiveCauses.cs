using System.Numerics;
using Grader.Assignments.Shared;
using Grader.Diagnosis;

namespace Grader.Assignments.Echo;

/// <summary>Beliefs about what one receive, or one send, stands for.</summary>
internal static class ReceiveCauses
{
    private const string Fragmented = "fragmented-send";

    // In bytes: shorter runs may be found elsewhere in a message by chance.
    private const int Telling = 6;

    // In bytes; what is shorter is no buffer.
    private const int LeastBuffer = 8;

    /// <summary>What comes in small steps: some bytes, a newline, and more than any usual buffer holds.</summary>
    public static readonly Exploration Patience = new(
        EndOfFileCause.Exploration,
        [Letters(24), new byte[] { (byte)'\n' }, Letters(16_384 - 25)]
    );

    /// <summary>A message that fills every usual buffer a whole number of times.</summary>
    public static readonly Exploration FullBuffer = new("full-buffer", [Letters(16_384)]);

    private static readonly Misconception SingleRecv = new()
    {
        Id = "single-recv",
        Title = "Your server takes one receive for one message",
        Why =
            "It receives once, replies, and hangs up. What is longer than one receive, or comes in pieces, or comes later, "
            + "is never read.",
        Teaches = "One send may arrive as many receives; TCP keeps the order of bytes, not the pieces.",
        Advice = "Receive again and again on the same connection, and leave the loop only at end of file.",
        Shows = evidence => HangsUpAfterAPiece(evidence) && EndsAfterFullBuffer(evidence) != false,
        Explains = (_, check) => IsHungUp(check),
        Over = [FixedReplyLimitId],
    };

    private static readonly Misconception ShortReadMeansEnd = new()
    {
        Id = "short-read-means-end",
        Title = "Your server takes a receive shorter than its buffer for the end of the message",
        Why =
            "How much a receive returns depends on the network, not on where a message ends. A message that fills the "
            + "buffer exactly leaves the server waiting for more, and one that comes in pieces is taken for several.",
        Teaches = "A receive that fills its buffer, or does not, says nothing about where a message ends.",
        Advice = "Send back what each receive gave, however much it is; only end of file ends the conversation.",
        Shows = evidence =>
            // Who answers nothing at all waits for something else.
            (evidence.HasPassed("short-message") && evidence.Failed.Any(HangsOnFullBuffer))
            || (HangsUpAfterAPiece(evidence) && EndsAfterFullBuffer(evidence) == false),
        Explains = (evidence, check) => HangsOnFullBuffer(check) || (HangsUpAfterAPiece(evidence) && IsHungUp(check)),
        Over = [FixedReplyLimitId, SingleRecv.Id],
    };

    private const string FixedReplyLimitId = "fixed-reply-limit";

    private const string PartialSendId = "partial-send";

    private static readonly Misconception FixedReplyLimit = new()
    {
        Id = FixedReplyLimitId,
        Title = "Your server sends back no more than a buffer's worth of each message",
        Why =
            "Messages up to a certain length come back whole, and longer ones are cut there. The rest was thrown away, or "
            + "the reply has a fixed size.",
        Teaches = "A receive gives at most as many bytes as its buffer holds; the rest waits for the next receive.",
        Advice = "Send what a receive gave you, then receive again: the rest of the message is still to come.",
        Shows = evidence => Limit(evidence) is not null,
        Explains = (evidence, check) =>
            check.Reply is { Matched: > 0 } reply
            && ((reply.IsCut && reply.Matched == Limit(evidence)) || check.Failure.DependsOnTiming),
        Over = [PartialSendId],
    };

    private static readonly Misconception WaitsForFullBuffer = new()
    {
        Id = "waits-for-full-buffer",
        Title = "Your server waits until its buffer is full",
        Why =
            "A short message got no reply until many more bytes had come: the server waits for them, or its replies wait in a "
            + "buffer of its own. The client waits for the reply, and sends nothing more before.",
        Teaches =
            "A receive returns as soon as some bytes are there; whoever insists on a full buffer may wait for ever.",
        Advice = "Take what a receive returns, however little it is, send it back at once, and flush what you write.",
        Shows = evidence => Explored(evidence, Patience)?.BeginsToSpeakAt(3) == true,
        Explains = (_, check) => IsWaiting(check),
        Over = [FixedReplyLimitId, PartialSendId],
    };

    private static readonly Misconception LineBuffered = new()
    {
        Id = "line-buffered",
        Title = "Your server waits for a newline",
        Why =
            "A message without a newline got no reply until one was sent. Nobody has promised that an echo client sends "
            + "lines.",
        Teaches =
            "TCP carries a stream of bytes, in which no write and no line of the sender can be seen (RFC 9293 2.2).",
        Advice = "Receive bytes instead of reading lines, and send them back as they come.",
        Shows = evidence => Explored(evidence, Patience)?.BeginsToSpeakAt(2) == true,
        Explains = (_, check) => IsWaiting(check),
        Over = [FixedReplyLimitId, PartialSendId],
    };

    private static readonly Misconception PartialSend = new()
    {
        Id = PartialSendId,
        Title = "Your server loses what a send did not take",
        Why =
            "A client that reads slowly fills the buffers on the way, and then a send takes only a part of what it is given, "
            + "or nothing. The rest was never sent.",
        Teaches = "A send may take fewer bytes than it was given, or wait: the receiver sets the pace.",
        Advice = "Look at how many bytes each send took, and send the rest before you receive more.",
        Shows = evidence => evidence.Find("slow-reader") is { } check && (HasGap(check) || IsLostAtTheEnd(check)),
        Explains = (_, check) =>
            check.Check is "slow-reader" or "large-payload" or "bounded-memory" or "buffer-boundaries"
            && (HasGap(check) || check.Reply is { IsCut: true, IsClosed: false }),
    };

    public static IReadOnlyList<Misconception> All { get; } =
    [
        SingleRecv,
        ShortReadMeansEnd,
        FixedReplyLimit,
        WaitsForFullBuffer,
        EndOfFileCause.Value,
        LineBuffered,
        PartialSend,
    ];

    private static byte[] Letters(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)('a' + (i % 23)))];

    private static Explored? Explored(Evidence evidence, Exploration exploration) =>
        evidence.Explored.GetValueOrDefault(exploration.Id);

    // Null when it was not seen.
    private static bool? EndsAfterFullBuffer(Evidence evidence) =>
        Explored(evidence, FullBuffer) is { } explored ? explored.EndedAfter == 1 : null;

    private static bool HangsUpAfterAPiece(Evidence evidence) =>
        evidence.Find(Fragmented) is { Reply.Matched: > 0, IsCutOff: true }
        && evidence.Find("several-messages") is { IsCutOff: true };

    // In a reply, or in front of the second one.
    private static bool IsHungUp(FailedCheck check) => check is { IsCutOff: true } && !check.IsCrash;

    private static bool HangsOnFullBuffer(FailedCheck check) =>
        check is { Check: "buffer-boundaries", IsSilent: true }
        && check.Reply!.Expected.Length >= LeastBuffer
        && IsUsual(check.Reply.Expected.Length);

    // Or a power of two with room for a zero behind the bytes.
    private static bool IsUsual(int buffer) =>
        buffer == 1000 || BitOperations.IsPow2(buffer) || BitOperations.IsPow2(buffer + 1);

    private static bool IsWaiting(FailedCheck check) =>
        check is { Reply: { IsCut: true, IsClosed: false } } or { Failure.DependsOnTiming: true, Reply.IsEmpty: true };

    private static int? Limit(Evidence evidence) =>
        evidence
            .Failed.Where(check =>
                check is { Reply: { IsCut: true, Matched: >= LeastBuffer }, Failure.DependsOnTiming: false }
                && check.Check != Fragmented
                && check.Reply.Expected.Length < 16_384
            )
            .Select(check => (int?)check.Reply!.Matched)
            .Min();

    // What came in place of the next bytes are later ones.
    private static bool HasGap(FailedCheck check) =>
        check.Reply is { Wrong.Length: >= Telling } reply
        && reply.Expected.Span[reply.Matched..].IndexOf(reply.Wrong.Span[..Telling]) > 0;

    private static bool IsLostAtTheEnd(FailedCheck check) =>
        check.Reply is { IsCut: true, IsClosed: false, Matched: > 0 };
}
