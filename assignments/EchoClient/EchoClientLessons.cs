using Grader.Assignments.Shared;
using Grader.Checks;

namespace Grader.Assignments.EchoClient;

/// <summary>What a client of an echo server sends and prints (RFC 862).</summary>
internal static class EchoClientLessons
{
    // Longer than every buffer on the way, and shorter than what the kernel takes as an argument.
    private const int LongestArgument = 100_000;
    private const int LongInput = 1 << 20;

    private const int Sip = 2048;

    public static readonly Check SendsMessage = new()
    {
        Id = "sends-message",
        Name = "sends the message that it is given",
        Points = 10,
        OnTheWire =
            "The message has three words: all its bytes come, nothing before them, at most a newline after them.",
        Teaches = "What a program is given, and not what its author had in mind, goes over the wire, byte for byte.",
        Hint = "Send exactly the argument: no fixed text, no length, no zero byte, and no word less.",
        Run = async bench =>
        {
            var message = $"{EchoErrand.Draw(bench, 5)} {EchoErrand.Draw(bench, 3)} {EchoErrand.Draw(bench, 4)}";
            var run = await bench.Clients.RunAsync(new EchoErrand(message));
            run.ExpectRequest();
        },
    };

    public static readonly Check SendsUnicode = new()
    {
        Id = "sends-unicode",
        Name = "sends text of many scripts as UTF-8",
        Points = 5,
        OnTheWire = $"Likewise with \"{EchoErrand.ManyScripts}\".",
        Teaches =
            "A socket carries bytes: text becomes bytes by an encoding, and both sides must mean the same (RFC 3629).",
        Hint = "Encode the text as UTF-8, and count bytes, not characters, where a length is needed.",
        After = "sends-message",
        Run = async bench =>
        {
            var run = await bench.Clients.RunAsync(new EchoErrand(EchoErrand.ManyScripts));
            run.ExpectRequest();
        },
    };

    public static readonly Check SendsAll = new()
    {
        Id = "sends-all",
        Name = "sends a long message to its last byte",
        Points = 10,
        OnTheWire =
            "A message of 100,000 bytes as an argument, which the server reads in sips of 2048 bytes, with no room for more; or"
            + " a mebibyte on standard input, of which each sip comes back before the next is read.",
        Teaches =
            "A send may take fewer bytes than it was given, or wait until the peer has read: what is long is sent in a loop,"
            + " and read while it is sent.",
        Hint = "Look at how much each send took, and go on with the rest; read what comes back meanwhile.",
        After = "sends-message",
        Run = async bench =>
        {
            // What fits into an argument fits into the buffers on the way back as well.
            var isLong = bench.Clients.ReadsInput;
            var length = isLong ? LongInput : LongestArgument;
            var run = await bench.Clients.RunAsync(
                new EchoErrand(EchoErrand.Draw(bench, length)),
                async peer =>
                {
                    await peer.HearInSipsAsync(length, Sip, isMirror: isLong);
                    await peer.SendAsync(isLong ? default : peer.Reply);
                    await peer.FinishAsync();
                },
                new ServerSetting { IsNarrow = true }
            );
            run.ExpectRequest();
        },
    };

    public static readonly Lesson Sending = new()
    {
        Title = "What it sends",
        Checks = [SendsMessage, SendsUnicode, SendsAll],
    };

    public static readonly Check PrintsReply = new()
    {
        Id = "prints-reply",
        Name = "prints what the server replied",
        Points = 15,
        OnTheWire = "Replies other bytes than the message, as many: they stand on standard output, whatever else does.",
        Teaches = "What a client knows of its server is what it received; the message that it sent is no reply.",
        Hint =
            "Print the bytes that the receive gave you, to standard output, and see that they are written before the end.",
        Run = bench => bench.ExpectToldAsync(bench.NextErrand()),
    };

    public static readonly Check ReplyBoundaries = new()
    {
        Id = "reply-boundaries",
        Name = "knows the end of a reply as long as a buffer",
        Points = 10,
        OnTheWire =
            "Replies of exactly 16, 32, 1024 and 4096 bytes, after which the server stays: the client prints them, and ends.",
        Teaches =
            "A receive that fills its buffer, or does not, tells nothing of the end; here the number of bytes does.",
        Hint =
            "Stop when as many bytes have come back as you sent, or say that you are done (half-close) and read to the end.",
        Run = async bench =>
        {
            // A newline that the client sends comes back as well.
            var first = await bench.Clients.RunAsync(EchoErrand.OfLength(bench, 16));
            var newline =
                first.Request is [.., (byte)'\r', (byte)'\n'] ? 2
                : first.Request is [.., (byte)'\n'] ? 1
                : 0;
            foreach (var length in new[] { 16, 32, 1024, 4096 })
            {
                var errand = EchoErrand.OfLength(bench, length - newline);
                var run = await bench.Clients.RunAsync(errand, Serving.AnswerAndStayAsync);
                run.ExpectEnd($"an end after a reply of {Text.Count(length, "byte")}");
                run.ExpectTold();
            }
        },
    };

    public static readonly Check SplitCodePoint = new()
    {
        Id = "split-code-point",
        Name = "prints a character that comes in two pieces",
        Points = 5,
        OnTheWire = "Replies \"x✓y\", cut in the middle of its second character.",
        Teaches = "A receive may end in the middle of a character: what it gives need not be text.",
        Hint = "Collect the bytes first, and decode them when all are there; or print the bytes as they are.",
        Run = async bench =>
        {
            // "x", and one of the three bytes of "✓".
            const int Cut = 2;
            await bench.ExpectToldAsync(
                // As many bytes as the reply, and as many characters: a client may count either.
                new EchoErrand("a→e", "x✓y"),
                async peer =>
                {
                    await peer.HearAsync();
                    await peer.SendInPiecesAsync(peer.Reply, Cut);
                    await peer.FinishAsync();
                }
            );
        },
    };

    public static readonly Lesson Printing = new()
    {
        Title = "What it prints",
        Checks = [PrintsReply, ClientLessons.ReplyInPieces, ReplyBoundaries, SplitCodePoint, ClientLessons.LateReply],
    };
}
