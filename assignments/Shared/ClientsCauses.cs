using Grader.Checks;
using Grader.Diagnosis;

namespace Grader.Assignments.Shared;

/// <summary>What goes wrong when more than one client comes, or one that behaves in an unexpected way.</summary>
internal static class ClientsCauses
{
    private const string Sequential = "sequential-clients";
    private const string Simultaneous = "simultaneous-clients";
    private const string Interleaved = "interleaved-clients";
    private const string Idle = "idle-client";
    private const string Many = "many-clients";

    private static readonly string[] SeveralOfOne = ["several-messages", "several-requests"];
    private const string Empty = "empty-connection";
    private const string Reset = "abrupt-reset";
    private const string FirstClient = "client A";
    private const string SecondClient = "client B";

    // Checks that one client at a time passes, if the next one is served at all.
    private static readonly string[] Several = [Sequential, Simultaneous, Empty, Reset, Interleaved, Idle, Many];
    private static readonly string[] AtTheSameTime = [Interleaved, Idle, Many];

    private static readonly Misconception OneShotServer = new()
    {
        Id = "one-shot-server",
        Title = "Your server serves one client, and no other",
        Why =
            "The first client is served, and the next one finds nobody. Accept gives one connection; for the next client "
            + "it must be called again.",
        Teaches = "A listening socket gives a new connection for every client, for as long as the server runs.",
        Advice =
            "Put accept and what follows it into a loop, and close the client's socket there, not the listening one.",
        // Its one client may have come in an earlier check.
        Shows = evidence =>
            evidence.Find(Sequential) is { Failure.Client: null or FirstClient or SecondClient } check
            && IsLost(check)
            && evidence.Find(Simultaneous) is { } together
            && IsLost(together),
        Explains = (_, check) => Several.Contains(check.Check) && IsLost(check),
    };

    private static readonly Misconception CrashesAfterClient = new()
    {
        Id = "crashes-after-client",
        Title = "Your server ends with an error when its client has left",
        Why =
            "The client was served and said that it would send no more, and then an error ended the whole program: what a "
            + "receive reports at end of file (no bytes, null, -1) was taken for one more message, or a socket was used that "
            + "had been closed.",
        Teaches = "End of file is no message: it ends the conversation with one client, and not the server.",
        Advice =
            "Look at what a receive gave before you use it: at end of file leave the loop, close this client's socket and "
            + "no other, and accept the next one.",
        Shows = evidence =>
            evidence.Find(Sequential)
                is { IsUnserved: true, IsCrash: true, Failure.Client: null or FirstClient or SecondClient },
        Explains = (evidence, check) =>
            check.IsCrash
            && check.Failure.ExitCode == evidence.Find(Sequential)?.Failure.ExitCode
            && (check.IsUnserved || check.Failure.Symptom == Symptom.Gone),
        // Of the sum server: it was gone before such a request came.
        Over = ["crashes-on-bad-input"],
    };

    private static readonly Misconception StopsServing = new()
    {
        Id = "stops-serving",
        Title = "Your server stops serving after a few clients",
        Why =
            "The first clients are served, and a later one is not. Something that every client uses up is never given back, "
            + "or a loop was told how often to run.",
        Teaches = "A server runs until somebody stops it; how many clients there were before means nothing.",
        Advice =
            "Let the loop around accept have no end, and look for what is still there when a client has left: a slot, a "
            + "thread, an open socket.",
        Shows = evidence => evidence.Find(Sequential) is { } check && IsLost(check),
        Explains = (_, check) =>
            (Several.Contains(check.Check) || check.Failure.OnlyAfter is not null) && IsLost(check),
    };

    private static readonly Misconception SerialClients = new()
    {
        Id = "serial-clients",
        Title = "Your server cannot listen to two clients at the same time",
        Why =
            "While the server waits for one client in a receive, it is deaf to all others. A client that says nothing makes "
            + "everybody wait.",
        Teaches = "A server that waits for one client can hear no other; threads or readiness let it hear all.",
        Advice = "Give each client a thread, a task or a place in a select loop, and accept while they are served.",
        Shows = evidence =>
            evidence.Find(Idle) is { } check
            && IsLeftWaiting(check)
            && evidence.HasPassed(Sequential)
            // Who hears two at a time is short of places.
            && evidence.Find(Interleaved) is not { Failure.Client: "client C" or "client D" or "client E" },
        Explains = (_, check) => AtTheSameTime.Contains(check.Check) && IsLeftWaiting(check),
    };

    private static readonly Misconception SharedBuffer = new()
    {
        Id = "shared-buffer",
        Title = "Your server mixes up what belongs to different clients",
        Why =
            "One client got bytes that were another's. What the server keeps for a client stands in a place that all of "
            + "them share.",
        Teaches = "Each connection has a state of its own: its socket, its buffer, its half-read message.",
        Advice =
            "Keep the buffer and all that is not finished with the connection, in local variables or in an object for "
            + "each client; an address does not tell two clients apart.",
        Shows = evidence => evidence.HasPassed(Sequential),
        Explains = (evidence, check) =>
            check.Failure.Symptom == Symptom.Misdelivered
            || (
                check.Check is Simultaneous or Interleaved or Many or Reset
                && check.Reply is { IsEmpty: false, IsCut: false } reply
                // A word of refusal, and a close while the client may still ask, are no other client's.
                && (check.Check is not (Interleaved or Many) || !reply.IsClosed)
                // A second reply that is wrong with one client alone is mixed up with nobody's.
                && (check.Check != Interleaved || !SeveralOfOne.Any(one => evidence.Find(one) is not null))
            ),
    };

    private static readonly Misconception CrashesOnReset = new()
    {
        Id = "crashes-on-reset",
        Title = "A client that resets its connection ends your server",
        Why =
            "A receive or a send on a connection that was reset reports an error. Nobody expected it, and so it ended the "
            + "whole program in place of one conversation.",
        Teaches = "A peer may vanish at any time: then receive or send fails, for this client alone (RFC 9293 3.5.3).",
        Advice = "Catch errors around the conversation with one client, close its socket, and go on with the next.",
        Explains = (evidence, check) => check is { Check: Reset, HasReset: true } && IsGoneForIt(evidence, check),
    };

    private static readonly Misconception CrashesOnEmpty = new()
    {
        Id = "crashes-on-empty",
        Title = "A client that says nothing ends your server",
        Why =
            "A client connected and left without a byte, so the very first receive reported end of file. The server took "
            + "it for data, or for an order to end.",
        Teaches = "End of file can be the first thing that a receive reports.",
        Advice = "Treat zero bytes from any receive, the first among them, as the end of this client's conversation.",
        Explains = (evidence, check) => check.Check is Empty or "idles-quietly" && IsGoneForIt(evidence, check),
    };

    /// <param name="check">The id of the check without which it is not known whether any client is served.</param>
    public static IReadOnlyList<Misconception> After(string check) =>
        [
            OneShotServer with
            {
                Shows = evidence => evidence.HasPassed(check) && OneShotServer.Shows(evidence),
                Over = [StopsServing.Id],
            },
            StopsServing with
            {
                Shows = evidence => evidence.HasPassed(check) && StopsServing.Shows(evidence),
            },
            CrashesAfterClient with
            {
                Shows = evidence => evidence.HasPassed(check) && CrashesAfterClient.Shows(evidence),
            },
            SerialClients,
            SharedBuffer,
            CrashesOnReset,
            CrashesOnEmpty,
        ];

    // Ordinary clients do not end it.
    private static bool IsGoneForIt(Evidence evidence, FailedCheck check) =>
        (check.IsCrash && evidence.Find(Sequential)?.IsCrash != true)
        || (
            evidence.HasPassed(Sequential)
            && (check.Failure.ExitCode is not null || check.Failure.Symptom is Symptom.Gone or Symptom.TurnedAway)
        );

    // Who is refused, or hears that the connection is closed, was not overlooked.
    private static bool IsLeftWaiting(FailedCheck check) => check is { IsUnserved: true, Failure.IsByTime: true };

    // Not crashed: what ends with an error has another cause than who came.
    private static bool IsLost(FailedCheck check) => check is { IsUnserved: true, IsCrash: false };
}
