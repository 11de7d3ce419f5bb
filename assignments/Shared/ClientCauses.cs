using System.Text;
using Grader.Checks;
using Grader.Diagnosis;

namespace Grader.Assignments.Shared;

/// <summary>What is behind a client that does not do what it was run for.</summary>
internal static class ClientCauses
{
    // Where causes are told apart.
    private const string Pieces = "reply-in-pieces";
    private const string Boundaries = "reply-boundaries";
    private const string SplitCharacter = "split-code-point";
    private const string SendsAll = "sends-all";
    private const string ExitsZero = "exits-zero";

    private static readonly string[] Trouble = ["server-away", "early-close", "reset"];

    private static readonly byte[] ReplacementCharacter = Encoding.UTF8.GetBytes("\ufffd");

    private static readonly Misconception SingleRecv = new()
    {
        Id = "client-single-recv",
        Title = "Your client receives once",
        Why =
            "It takes what the first receive gives for the whole reply. TCP may deliver one send in many pieces, and the rest "
            + "of them was never read.",
        Teaches = "One send may arrive as many receives; a receive gives what is there, at least one byte.",
        Advice = "Receive in a loop until the reply is complete, or the server has closed.",
        Shows = evidence => StopsEarly(evidence) && !HangsOnFullBuffer(evidence),
        Explains = (_, check) => IsPartlyTold(check),
    };

    private static readonly Misconception ShortReadMeansEnd = new()
    {
        Id = "client-short-read-means-end",
        Title = "Your client takes a receive that does not fill its buffer for the last one",
        Why =
            "It stops at the first receive shorter than its buffer, and waits for more after one that fills it. Pieces come "
            + "in any size: a reply in small ones is cut, and one as long as the buffer is waited for for ever.",
        Teaches = "How much a receive gives says nothing about where a reply ends.",
        Advice = "Count the bytes that are still to come, or read until the server closes.",
        Shows = evidence => StopsEarly(evidence) && HangsOnFullBuffer(evidence),
        Explains = (_, check) => IsPartlyTold(check) || (check.Check == Boundaries && HasHung(check)),
    };

    private static readonly Misconception DecodesChunks = new()
    {
        Id = "client-decodes-chunks",
        Title = "Your client decodes each piece of a reply by itself",
        Why =
            "A piece may end in the middle of a character. Decoded alone, its last bytes are no text: they become another "
            + "character, or an error.",
        Teaches = "Characters are made of bytes, and TCP cuts between bytes.",
        Advice =
            "Collect the bytes and decode them at the end, decode with something that keeps a rest, or print bytes.",
        Shows = evidence => evidence.HasPassed(Pieces),
        Explains = (_, check) =>
            check is { Check: SplitCharacter, Failure.Run: { } run }
            // Who cannot send such a character never comes to decode one.
            && run.Errand.IsWhole(run.Request)
            && (run.ExitCode is not (null or 0) || run.Output.AsSpan().IndexOf(ReplacementCharacter) >= 0),
    };

    private static readonly Misconception WaitsForEof = new()
    {
        Id = "client-waits-for-eof",
        Title = "Your client waits until the server closes",
        Why =
            "It reads to the end of file, and keeps its own side open. A server that may be asked more does not close first: "
            + "both wait for ever.",
        Teaches = "End of file comes when the other side has nothing more to say, which it may know only from you.",
        Advice = "Stop when the reply is complete; or half-close when all is sent, and then read to the end.",
        Shows = evidence => evidence.HasPassed(Pieces),
        Explains = (_, check) => check.Check == Boundaries && HasHung(check),
    };

    private static readonly Misconception NeverCloses = new()
    {
        Id = "client-never-closes",
        Title = "Your client does not end when it has the reply",
        Why =
            "It has got what it asked for, even after the server has closed, and still runs: it waits for something else.",
        Teaches = "A program that is run for one answer ends when it has it; its end closes the connection.",
        Advice = "Leave the loop, close the socket, and return from the main function.",
        Shows = evidence => evidence.Find(ExitsZero) is { Failure: { Symptom: Symptom.NeverEnds, Run.IsTold: true } },
        Explains = (_, check) => HasHung(check) && check.Check is not ("silence" or SendsAll or "server-away"),
        Over = ["client-waits-for-eof", "client-no-error-handling"],
    };

    private static readonly Misconception IgnoresReply = new()
    {
        Id = "client-ignores-reply",
        Title = "Your client does not print the reply",
        Why = "It sends, and what it prints, if anything, has nothing of what the server said.",
        Teaches = "A request is half of a conversation: the reply is what the client was run for.",
        Advice = "Receive after you have sent, and print what you received.",
        Explains = (_, check) =>
            IsUntold(check) && !PrintsOwn(check) && !PrintsEscapes(check) && !check.Failure.Run!.IsToldOnStandardError,
        Shows = FailsToPrint,
    };

    /// <summary>Of a pair as well.</summary>
    public static readonly Misconception PrintsOnStandardError = new()
    {
        Id = "client-prints-on-stderr",
        Title = "Your client prints the reply on standard error",
        Why =
            "The reply came and was written, but not to standard output: a library for logs writes to standard error, where "
            + "nobody looks for a result.",
        Teaches =
            "A program's result goes to standard output; standard error is for what is said about the work, and a pipe does "
            + "not pass it on.",
        Advice = "Print the reply with what writes to standard output; keep the log for errors.",
        Explains = (_, check) => IsUntold(check) && check.Failure.Run!.IsToldOnStandardError,
    };

    private static readonly Misconception PrintsOwnMessage = new()
    {
        Id = "client-prints-own-message",
        Title = "Your client prints what it knows itself, and not the reply",
        Why = "The server replied something else, and the client printed what it had expected to hear.",
        Teaches = "What a client knows of its server is what it received.",
        Advice =
            "Print the bytes of the receive; the variable with your own message, or your own sum, is not the reply.",
        Explains = (_, check) => IsUntold(check) && PrintsOwn(check),
        // Who also says what was sent prints that as well.
        Shows = FailsToPrint,
    };

    private static readonly Misconception HardCodesMessage = new()
    {
        Id = "client-hard-codes-message",
        Title = "Your client sends a text of its own, whatever it is given",
        Why = "Nothing of what it was given stands in what it sent.",
        Teaches = "A program does for every input what it was shown to do for one.",
        Advice = "Send the argument in place of the text in your source.",
        Shows = evidence =>
            (evidence.Find("sends-message") ?? evidence.Find("sends-both-numbers")) is { } check
            && SendsNothingGiven(check),
        Explains = (_, check) => check.Check != SendsAll && SendsNothingGiven(check),
    };

    private static readonly Misconception SendsOnce = new()
    {
        Id = "client-sends-once",
        Title = "Your client does not send all of a long message",
        Why =
            "A send may take a part of what it is given, and says how much; or a buffer of the client's own holds no more. "
            + "The rest was never sent.",
        Teaches = "A send hands over as many bytes as there is room for, which may be fewer than all.",
        Advice =
            "Send in a loop until all bytes are taken, or use the call of your language that does (sendall); and read all of "
            + "what the client is given.",
        Explains = (_, check) =>
            check is { Check: SendsAll, Failure.Run: { HeldServerUp: false } run } && run.Request.Length > 0,
    };

    private static readonly Misconception DeadlocksOnLarge = new()
    {
        Id = "client-deadlocks-on-large",
        Title = "Your client reads nothing until it has sent everything",
        Why =
            "What comes back meanwhile fills all buffers on the way. The server can send no more, and so reads no more, and "
            + "the client's send waits for it: both wait for ever.",
        Teaches = "Both directions of a stream flow on their own; who sends much must read at the same time.",
        Advice =
            "Read while you send: with a second thread, with readiness, or in parts that you send and read in turn.",
        Explains = (_, check) => check is { Check: SendsAll, Failure.Run.HeldServerUp: true },
    };

    private static readonly Misconception NoErrorHandling = new()
    {
        Id = "client-no-error-handling",
        Title = "Your client does not tell when something goes wrong",
        Why =
            "The connection failed or ended too early, and the client did not say so in words and by its exit code, or did "
            + "not end at all.",
        Teaches =
            "Every call on a socket can fail, and says so; whoever started the program sees only what it passes on.",
        Advice =
            "Look at what connect, send and receive report; say it on standard error, and end with another code than 0.",
        Explains = (_, check) => Trouble.Contains(check.Check),
    };

    private static readonly Misconception PrintsRepr = new()
    {
        Id = "client-prints-repr",
        Title = "Your client prints bytes as your language writes them in source code",
        Why = "The reply stands there with escapes, such as \\xe2, for every byte that is no letter.",
        Teaches = "Bytes become text by decoding; the notation of a byte string is for programmers.",
        Advice = "Decode the bytes as UTF-8 before you print them, or write them to standard output as they are.",
        Explains = (_, check) => IsUntold(check) && PrintsEscapes(check),
    };

    public static IReadOnlyList<Misconception> All { get; } =
    [
        StartCauses.DoesNotBuild,
        SingleRecv,
        ShortReadMeansEnd,
        DecodesChunks,
        WaitsForEof,
        NeverCloses,
        IgnoresReply,
        PrintsOnStandardError,
        PrintsOwnMessage,
        HardCodesMessage,
        SendsOnce,
        DeadlocksOnLarge,
        NoErrorHandling,
        PrintsRepr,
    ];

    private static bool FailsToPrint(Evidence evidence) =>
        evidence.Failed.Any(check => check.Check is "prints-reply" or "prints-sum");

    // The first piece was printed, and nothing of the others.
    private static bool StopsEarly(Evidence evidence) => evidence.Find(Pieces) is { } check && IsPartlyTold(check);

    private static bool HangsOnFullBuffer(Evidence evidence) =>
        evidence.Find(Boundaries) is { } check && HasHung(check);

    private static bool IsPartlyTold(FailedCheck check) =>
        IsUntold(check)
        && check.Failure.Run is { ExitCode: not null } run
        && check.Check is Pieces or Boundaries or SplitCharacter
        && !PrintsEscapes(check)
        && run.PrintsBeginning;

    private static bool SendsNothingGiven(FailedCheck check) =>
        check.Failure is { Symptom: Symptom.WrongRequest, Run: { Request.Length: > 0 } run }
        // Numbers in binary, or letters of two bytes, are no text.
        && !run.Request.Any(value => value < ' ' && !char.IsWhiteSpace((char)value))
        && run.Errand.Inputs.SelectMany(input => input.Value.Split(' '))
            .All(word => run.Request.AsSpan().IndexOf(Encoding.UTF8.GetBytes(word)) < 0);

    private static bool HasHung(FailedCheck check) => check.Failure.Symptom == Symptom.NeverEnds;

    private static bool IsUntold(FailedCheck check) => check.Failure is { Symptom: Symptom.NotTold, Run: not null };

    private static bool PrintsOwn(FailedCheck check) => check.Failure.Run!.Errand.IsOwn(check.Failure.Run.Output);

    private static bool PrintsEscapes(FailedCheck check) =>
        check.Failure.Run!.Output.AsSpan().IndexOf("\\x"u8) >= 0
        || check.Failure.Run.Output.AsSpan().IndexOf("<Buffer "u8) >= 0;
}
