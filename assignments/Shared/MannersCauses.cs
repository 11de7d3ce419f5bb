using Grader.Checks;
using Grader.Diagnosis;

namespace Grader.Assignments.Shared;

/// <summary>What a server leaves behind, or does when there is nothing to do.</summary>
internal static class MannersCauses
{
    private const string HalfClose = "half-close";
    private const string Closes = "closes-connections";
    private const string Quiet = "idles-quietly";

    private static readonly Misconception IgnoresEof = new()
    {
        Id = "ignores-eof",
        Title = "Your server does not close when its client is done",
        Why =
            "The client said that it will send no more, and waited for the server to do the same. The connection stayed "
            + "open: it is over only when both sides have closed it.",
        Teaches = "The two directions of a connection close one by one; at end of file the server closes its own.",
        Advice =
            "When a receive reports end of file, send what is left, leave the loop, and close the client's socket.",
        Shows = evidence => evidence.Find(HalfClose)?.Failure.Symptom == Symptom.StaysOpen,
        Explains = (_, check) => IsOpenAtTheEnd(check),
    };

    private static readonly Misconception BusyLoopAfterEof = new()
    {
        Id = "busy-loop-after-eof",
        Title = "Your server goes round in circles after end of file",
        Why =
            "At end of file a receive returns at once with nothing, every time it is called. A loop that goes on calling it "
            + "burns a processor for a client that has left.",
        Teaches = "End of file is an answer, not a moment without data: it never changes again.",
        Advice = "Leave the loop as soon as a receive reports end of file, and close the socket.",
        Shows = evidence => evidence.Find(Quiet)?.Failure.Symptom == Symptom.BusyAlone,
        Explains = (_, check) => check.Failure.Symptom == Symptom.BusyAlone || IsOpenAtTheEnd(check),
        Over = [IgnoresEof.Id, "never-closes"],
    };

    private static readonly Misconception NeverCloses = new()
    {
        Id = "never-closes",
        Title = "Your server keeps the sockets of clients that have left",
        Why =
            "The conversations end well, but each leaves a descriptor behind. There are only so many of them, and then no "
            + "client can be accepted any more.",
        Teaches = "A connection is gone only when both sides have closed it; an open one costs a descriptor.",
        Advice = "Close the client's socket on every way out of the conversation; shutdown alone does not.",
        Shows = evidence => evidence.HasPassed(HalfClose),
        Explains = (_, check) => check.Failure.Symptom == Symptom.HoldsDescriptors,
    };

    private static readonly Misconception NoReuseAddr = new()
    {
        Id = "no-reuseaddr",
        Title = "Your server cannot be started again while its old connections are remembered",
        Why =
            "TCP remembers a connection for a while after it has ended, and keeps its port taken. Bind fails until then, "
            + "unless the socket says that it may share the address with what is left.",
        Teaches =
            "An old connection holds the port for minutes (TIME-WAIT, RFC 9293 3.6.1) unless SO_REUSEADDR is set.",
        Advice = "Set SO_REUSEADDR on the listening socket before you bind it.",
        Explains = (_, check) => check.Failure.Symptom == Symptom.NotRestarted,
    };

    private static readonly Misconception IgnoresSignals = new()
    {
        Id = "ignores-signals",
        Title = "Your server cannot be stopped by Ctrl-C",
        Why = "SIGINT came, and the program went on. A handler swallows it, or a thread keeps the process alive.",
        Teaches = "SIGINT asks a program to end; who starts a server must be able to stop it.",
        Advice = "Do not catch the interrupt together with all errors, and let no thread outlive the main one.",
        Explains = (_, check) => check.Failure.Symptom == Symptom.RunsOn,
    };

    public static IReadOnlyList<Misconception> All { get; } =
    [IgnoresEof, BusyLoopAfterEof, NeverCloses, NoReuseAddr, IgnoresSignals];

    private static bool IsOpenAtTheEnd(FailedCheck check) =>
        check is { Check: HalfClose, Failure.Symptom: Symptom.StaysOpen }
        || check is { Check: Closes, Failure.Symptom: Symptom.HoldsDescriptors };
}
