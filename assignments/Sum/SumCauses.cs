using System.Numerics;
using System.Text;
using Grader.Assignments.Shared;
using Grader.Checks;
using Grader.Diagnosis;

namespace Grader.Assignments.Sum;

/// <summary>Beliefs about numbers, and about what makes a request.</summary>
internal static class SumCauses
{
    private const string Small = "small-numbers";
    private const string Several = "several-requests";
    private const string Fragmented = "fragmented-request";
    private const string Coalesced = "coalesced-requests";
    private const string Large = "large-numbers";
    private const string Big = "big-integers";
    private const string Decimals = "decimals";

    // Six digits are what printf shows of a double.
    private static readonly BigInteger Six = 100_000;

    /// <summary>A request in two pieces, and another one.</summary>
    public static readonly Exploration Patience = new(
        EndOfFileCause.Exploration,
        ["12 30"u8.ToArray(), "\n"u8.ToArray(), "20 22\n"u8.ToArray()]
    );

    private static readonly Misconception ConcatenatesStrings = new()
    {
        Id = "concatenates-strings",
        Title = "Your server joins the numbers in place of adding them",
        Why = "What a socket gives is text, and + or its like joins two texts. 1 and 2 became 12.",
        Teaches = "What a socket gives are characters; a program turns them into numbers, adds, and writes characters.",
        Advice = "Turn both parts into numbers before you add.",
        Shows = evidence => evidence.Find(Small) is { } check && IsJoined(check),
        Explains = (_, check) => IsJoined(check),
    };

    private static readonly Misconception EchoesRequest = new()
    {
        Id = "echoes-request",
        Title = "Your server sends the request back",
        Why = "The reply was what the client had sent. That is an echo server: here the two numbers are to be added.",
        Teaches = "A reply is made from a request: read it, work it out, and send the result.",
        Advice = "Take the line apart, add the two numbers, and send their sum in place of the line.",
        Shows = evidence => evidence.Find(Small) is { } check && IsEcho(check),
        Explains = (_, check) => IsEcho(check),
        Over = ["split-number", "duplicates-data"],
    };

    private static readonly Misconception FixedWidthIntegers = new()
    {
        Id = "fixed-width-integers",
        Title = "Your server's numbers are too small for what is asked",
        Why =
            "The type that holds them ends at 31, 32, 63 or 64 bits. Beyond that a sum wraps around or stops at the bound, or "
            + "the number cannot be read at all.",
        Teaches = "A type holds numbers up to a bound: 2^31 and 2^32 for 32 bits, 2^53 for a double's whole numbers.",
        Advice = "Use 64 bits at least, and your language's type for whole numbers of any size where there is one.",
        Shows = evidence => evidence.Find(Small) is null,
        // What a fresh server answers is not too large.
        Explains = (_, check) => check.Check is Large or Big && check.Failure.OnlyAfter is null && !IsNearMiss(check),
    };

    private static readonly Misconception FloatRounding = new()
    {
        Id = "float-rounding",
        Title = "Your server rounds whole numbers",
        Why =
            "The first digits are right, and the last ones are not. A floating-point number, or how it is printed, keeps only "
            + "so many digits.",
        Teaches = "A type holds numbers up to a bound: 2^31 and 2^32 for 32 bits, 2^53 for a double's whole numbers.",
        Advice = "Read whole numbers into a type for whole numbers, and print all digits of a sum.",
        Shows = evidence => evidence.Find(Small) is null,
        Explains = (_, check) => check.Check is Large or Big && IsNearMiss(check),
    };

    private static readonly Misconception IntegersOnly = new()
    {
        Id = "integers-only",
        Title = "Your server knows whole numbers alone",
        Why =
            "A number with a decimal point was refused, or what is behind the point was lost. 1.5 is a number as well.",
        Teaches = "A number need not be whole, and most decimal fractions have no exact binary form.",
        Advice = "Where there is a point in the text, read it into a type that has decimal places.",
        Shows = evidence => evidence.Find(Small) is null,
        Explains = (_, check) =>
            check.Check == Decimals
            && (check.IsCrash || Numeral.FindIn(Received(check)).All(number => number.IsInteger)),
    };

    private static readonly Misconception SingleRecv = new()
    {
        Id = "single-recv",
        Title = "Your server takes one receive for one request",
        Why =
            "Half a line was answered as if it were a whole one, and of several lines that came together not each was. How "
            + "the bytes are cut into receives is the network's choice.",
        Teaches = "One send may arrive as many receives, and many sends as one; only the newline ends a request.",
        Advice = "Append what comes to what is there, and answer each whole line in it; keep the rest for later.",
        Shows = evidence =>
            evidence.Find(Small) is null
            && evidence.Find(Fragmented) is { } check
            && IsPremature(check)
            && evidence.Find(Coalesced) is not null,
        Explains = (_, check) =>
            (check.Check == Fragmented && IsPremature(check)) || check.Check is Coalesced or "long-request",
        Over = ["split-number", "drops-pipelined"],
    };

    private static readonly Misconception SplitNumber = new()
    {
        Id = "split-number",
        Title = "Your server takes each piece of a line for a request",
        Why =
            "The line came in pieces, and a piece of it was answered. A number may be cut in the middle by the network.",
        Teaches = "One send may arrive as many receives: a number can be cut in the middle, and so can a line.",
        Advice = "Keep what came until a newline is among it, and only then take the line apart.",
        Shows = evidence => evidence.Find(Small) is null,
        Explains = (_, check) => check.Check == Fragmented && IsPremature(check),
    };

    private static readonly Misconception DropsPipelined = new()
    {
        Id = "drops-pipelined",
        Title = "Your server throws away what comes behind the first line",
        Why = "Several requests came at once, and only the first was answered. The others were in the same receive.",
        Teaches = "Many sends may arrive in one receive: what is behind the first newline is the next request.",
        Advice = "Answer every whole line that is there before you receive more, and keep the rest for later.",
        Explains = (_, check) => check is { Check: Coalesced, HasHeard: true, Reply.IsCut: true },
    };

    private static readonly Misconception OneMessagePerConnection = new()
    {
        Id = "one-message-per-connection",
        Title = "Your server hangs up after its first reply",
        Why =
            "The first request on a connection is answered, and then the connection is closed. The next one finds nobody.",
        Teaches = "A connection outlives a request: the server reads until end of file.",
        Advice = "Put reading and answering into a loop that ends only at end of file.",
        Shows = evidence => evidence.Find(Several) is { Sends: 2 } check && HangsUpAfterReply(check),
        Explains = (_, check) => HangsUpAfterReply(check),
        Over = [DropsPipelined.Id],
    };

    private static readonly Misconception UnterminatedReply = new()
    {
        Id = "unterminated-reply",
        Title = "Your server's replies have no end",
        Why =
            "The sum came without a newline. A client that reads 4 cannot know whether that is all, or the beginning of 42.",
        Teaches = "A stream has no messages: a protocol says where one ends, here with a newline.",
        Advice = "Send a newline behind every sum.",
        Shows = HasNoEnd,
        Explains = (_, check) =>
            check.Reply is { IsEmpty: false } reply
            && !reply.Received.Contains((byte)'\n')
            && check.Check is Several or Fragmented or Coalesced,
        Over = [SplitNumber.Id, SingleRecv.Id],
    };

    private static readonly Misconception StaleBuffer = new()
    {
        Id = "stale-buffer",
        Title = "Your server sends more of its buffer than it wrote",
        Why =
            "Behind the sum came zero bytes, the rest of a buffer. A buffer is as long as it is, and the reply is shorter.",
        Teaches = "A send is told how many bytes to take; those behind the text are not part of it.",
        Advice = "Send as many bytes as the text has.",
        Explains = (_, check) => check.Reply is { Wrong: var wrong } && wrong.Span.Contains((byte)0),
    };

    private static readonly Misconception DuplicatesData = new()
    {
        Id = "duplicates-data",
        Title = "Your server sends everything twice",
        Why = "The right sum came, and then once more. Two places in the program send the reply.",
        Teaches = "A client takes what comes next for the reply to its next request.",
        Advice = "Look for every call that sends on the way from request to request: there must be one.",
        Shows = evidence => evidence.Find(Small) is { } check && IsTwice(check),
        Explains = (_, check) => IsTwice(check),
    };

    private static readonly Misconception SendsForEver = new()
    {
        Id = "sends-for-ever",
        Title = "Your server sends the same reply again and again",
        Why =
            "The sum came, then the same one, and so on without an end. The loop sends, whether a read has given something "
            + "new or not.",
        Teaches = "A loop that waits for the end of the requests must ask for the next one each time round.",
        Advice = "Read in each turn of the loop, answer only what has just come, and end it when a read gives nothing.",
        Shows = evidence => evidence.Find(Small) is { Reply.IsWhole: false } check && IsTwice(check),
        // One that is busy sending hears nobody else.
        Explains = (_, check) => IsTwice(check) || check.Failure.IsByTime,
        Over = [DuplicatesData.Id],
    };

    private static readonly Misconception CrashesOnBadInput = new()
    {
        Id = "crashes-on-bad-input",
        Title = "A request that is not two numbers ends your server",
        Why =
            "Reading a number from what is none reports an error. Nobody expected it, and so it ended the whole program in "
            + "place of one request.",
        Teaches = "A client may send anything: a wrong answer, silence or a crash is worse than a refusal.",
        Advice = "Catch the error where the request is read, answer with a line that says so, and go on.",
        // Whom nothing but a long line ends has too little room for it.
        Shows = evidence => evidence.Failed.Any(check => check.Check != "long-request" && EndsAtBadInput(check)),
        Explains = (_, check) => EndsAtBadInput(check),
    };

    public static IReadOnlyList<Misconception> All { get; } =
    [
        ConcatenatesStrings,
        EchoesRequest,
        FixedWidthIntegers,
        FloatRounding,
        IntegersOnly,
        SingleRecv,
        SplitNumber,
        DropsPipelined,
        OneMessagePerConnection,
        EndOfFileCause.Value,
        UnterminatedReply,
        StaleBuffer,
        DuplicatesData,
        SendsForEver,
        GreetingCause.Value,
        CrashesOnBadInput,
    ];

    private static bool EndsAtBadInput(FailedCheck check) =>
        check
            is { Check: "malformed-request" or "invalid-bytes" or "long-request" }
                or { Check: "abrupt-reset", HasReset: false }
        && (check.IsCrash || check.Failure.Symptom is Symptom.Gone or Symptom.TurnedAway);

    /// <summary>Whether a client that asks several times was left with a sum that may go on.</summary>
    public static bool HasNoEnd(Evidence evidence) => evidence.Find(Several) is { } check && IsWithoutEnd(check);

    private static bool IsWithoutEnd(FailedCheck check) =>
        check.Reply is { IsEmpty: false } reply
        && !reply.Received.Contains((byte)'\n')
        && Numeral.FindIn(Received(check)) is [.., var sum]
        && sum.Is(Numeral.Parse(Encoding.Latin1.GetString(reply.Expected.Span)));

    private static string Received(FailedCheck check) =>
        check.Reply is { } reply ? Encoding.Latin1.GetString(reply.Received) : "";

    private static string[] Words(FailedCheck check) =>
        check.Reply is { } reply
            ? Encoding.Latin1.GetString(reply.Request.Span).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            : [];

    // Before the newline came, which is the last that is sent: something else than the sum, or a close.
    private static bool IsPremature(FailedCheck check) =>
        check.Reply is { } reply
        && (!reply.IsEmpty || reply.IsClosed)
        && reply.Matched < reply.Expected.Length - 1
        && !IsWithoutEnd(check);

    private static bool HangsUpAfterReply(FailedCheck check) =>
        check is { HasHeard: true, Reply: { IsEmpty: true, IsClosed: true }, IsCrash: false };

    private static bool IsNearMiss(FailedCheck check) =>
        check.Reply is { Expected.IsEmpty: false } reply
        && Numeral.FindIn(Received(check)) is [var number]
        && number.IsWithin(Numeral.Parse(Encoding.Latin1.GetString(reply.Expected.Span)), Six);

    // In one reply, or in place of the next one.
    private static bool IsTwice(FailedCheck check) =>
        check.Reply is not null
        && (check.Failure.Client is null ? Received(check) : Encoding.Latin1.GetString(check.Heard)).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        )
            is [var first, var second, ..]
        && first == second;

    private static bool IsJoined(FailedCheck check) =>
        Words(check) is [var first, var second] && Received(check).Contains(first + second, StringComparison.Ordinal);

    private static bool IsEcho(FailedCheck check) =>
        check.Reply is { IsEmpty: false } reply
        && reply.Received.AsSpan().TrimEnd("\r\n"u8).SequenceEqual(reply.Request.Span.TrimEnd("\r\n"u8));
}
