using Grader.Checks;

namespace Grader.Assignments.Shared;

/// <summary>What every client does, whatever it asks for.</summary>
internal static class ClientLessons
{
    private static readonly TimeSpan Late = TimeSpan.FromMilliseconds(500);

    public static readonly Check Connects = new()
    {
        Id = "connects",
        Name = "builds, starts, and connects",
        Points = 10,
        OnTheWire =
            "Runs the client against a server that accepts, hears it, and replies: a connection and some bytes come.",
        Teaches = "A client makes a socket and connects it to the address and port of a server that already listens.",
        Hint = "Run it by hand beside a server of yours, and see that it connects to the port on which that listens.",
        Run = async bench => (await bench.Clients.RunAsync(bench.NextErrand())).ExpectBytes(),
    };

    public static readonly Lesson Start = new() { Title = "It runs", Checks = [Connects] };

    public static readonly Check ReplyInPieces = new()
    {
        Id = "reply-in-pieces",
        Name = "prints a reply that comes in pieces",
        Points = 10,
        OnTheWire =
            "Replies in pieces of 16 bytes, each sent when the client has taken the one before, and once more byte by byte;"
            + " then the server closes.",
        Teaches = "One send may arrive as many receives: the pieces of a stream say nothing about where a reply ends.",
        Hint = "Receive in a loop until the whole reply is there, or the server has said that no more comes.",
        Run = async bench =>
        {
            await bench.ExpectToldAsync(bench.NextErrand(), Serving.AnswerInPieces(16));
            await bench.ExpectToldAsync(bench.NextErrand(), Serving.AnswerInPieces(1));
        },
    };

    public static readonly Check LateReply = new()
    {
        Id = "late-reply",
        Name = "waits for a reply that comes late",
        Points = 5,
        OnTheWire = "Replies half a second after the request.",
        Teaches = "A receive waits until something comes; how long the server takes is not the client's to know.",
        Hint = "Let the receive block, or wait much longer than a server may need, before you give up.",
        Run = bench => bench.ExpectToldAsync(bench.NextErrand(), Serving.AnswerAfter(Late)),
    };

    public static readonly Check ExitsZero = new()
    {
        Id = "exits-zero",
        Name = "ends with code 0 when all went well",
        Points = 5,
        OnTheWire = "Replies as a right server does, and closes; the client's exit code is looked at.",
        Teaches = "An exit code of 0 tells whoever started a program that it did what it was asked for.",
        Hint = "Let the program come to its end after the reply: no further prompt, and no error code.",
        Run = async bench =>
        {
            var run = await bench.Clients.RunAsync(bench.NextErrand(isTrue: true));
            const string Expected = "an end with code 0 after a good exchange";
            run.ExpectEnd(Expected);
            if (run.ExitCode != 0)
            {
                throw run.Fail(Expected, $"it {run.State}", Symptom.WrongEnd);
            }
        },
    };

    public static readonly Check ClosesConnection = new()
    {
        Id = "closes-connection",
        Name = "closes the connection when it has the reply",
        Points = 5,
        OnTheWire =
            "Replies, and closes its side: the client's end of file, or reset, must come, and not before the reply.",
        Teaches = "Both sides close a connection; whoever closes early never sees what was still on its way.",
        Hint = "Read the whole reply, then close the socket and end.",
        Run = async bench =>
        {
            var run = await bench.Clients.RunAsync(bench.NextErrand(isTrue: true));
            const string Expected = "the end of the connection after the reply";
            run.ExpectEnd(Expected);
            if (run.LeftEarly)
            {
                throw run.Fail(Expected, "it closed the connection before that", Symptom.NotTold);
            }

            if (!run.HasClosed)
            {
                throw run.Fail(
                    Expected,
                    "it ended, and something that it has started holds the connection",
                    Symptom.StaysOpen
                );
            }
        },
    };

    public static readonly Lesson End = new() { Title = "How it ends", Checks = [ExitsZero, ClosesConnection] };

    public static readonly Check ServerAway = new()
    {
        Id = "server-away",
        Name = "says so when no server is there",
        Points = 4,
        OnTheWire = "Nobody listens: the connection is refused.",
        Teaches = "A connection that nobody listens for is refused (RFC 9293 3.5.2): connect reports it as an error.",
        Hint = "Look at what connect reports; say what happened, and end with another code than 0.",
        Run = async bench =>
        {
            var setting = new ServerSetting { IsAway = true };
            var run = await bench.Clients.RunAsync(bench.NextErrand(), setting: setting);
            run.ExpectComplaint();
        },
    };

    public static readonly Check EarlyClose = new()
    {
        Id = "early-close",
        Name = "notices when the server closes too early",
        Points = 3,
        OnTheWire =
            "The server closes in place of a reply; and once more after half of it. The client must end, and say so, or end"
            + " with another code than 0, or print the half.",
        Teaches = "End of file before the end of a reply is an event of its own: what came is all that will come.",
        Hint =
            "A receive that returns nothing means that the server has closed: leave the loop, and say what is missing.",
        Run = bench => bench.BreakOffAsync(resets: false),
    };

    public static readonly Check Reset = new()
    {
        Id = "reset",
        Name = "notices when the server resets the connection",
        Points = 3,
        OnTheWire = "Likewise, but the server throws the connection away (RST).",
        Teaches = "A peer may vanish at any time: then receive or send fails with an error (RFC 9293 3.5.3).",
        Hint = "Look at what receive reports; say what happened, and end with another code than 0.",
        Run = bench => bench.BreakOffAsync(resets: true),
    };

    public static readonly Check Silence = new()
    {
        Id = "silence",
        Name = "gives up on a server that never replies",
        Points = 2,
        Extra = true,
        OnTheWire = "The server accepts, hears the request, and says nothing: the client ends by itself within 60 s.",
        Teaches = "A peer that is silent may be gone for good: only a limit of one's own ends the wait.",
        Hint = "Set a timeout on the socket, and say that it passed.",
        Run = async bench =>
        {
            var setting = new ServerSetting { Patience = TimeSpan.FromSeconds(60) };
            var run = await bench.Clients.RunAsync(bench.NextErrand(), Serving.StaySilentAsync, setting);
            if (run.ExitCode is null)
            {
                // A minute of silence is no matter of a busy moment: once is enough.
                throw run.Fail("an end within 60 s", "it waits on", Symptom.NeverEnds, isByTime: false);
            }
        },
    };

    /// <summary>With what else of an assignment's own may go wrong.</summary>
    public static Lesson Trouble(params Check[] more) =>
        new() { Title = "When things go wrong", Checks = [ServerAway, EarlyClose, Reset, Silence, .. more] };

    // First as ever: an empty reply in this client's usual words is no word of trouble.
    private static async Task BreakOffAsync(this Bench bench, bool resets)
    {
        var errand = bench.NextErrand();
        const string Expected = "a word of it, another exit code than 0, or the half that came";
        var usual = await bench.Clients.RunAsync(errand);
        if (usual.WasKilled)
        {
            throw usual.Fail(Expected, usual.DescribeEnd(), Symptom.WrongEnd);
        }

        foreach (var share in new[] { 0, 0.5 })
        {
            var run = await bench.Clients.RunAsync(errand, Serving.BreakOff(share, resets));
            run.ExpectEnd(Expected);
            if (!run.TellsOfTrouble(usual) && !(share > 0 && run.IsHalfTold))
            {
                throw run.Fail(Expected, run.DescribeEnd(), Symptom.WrongEnd);
            }
        }
    }
}
