using Grader.Checks;
using Grader.Diagnosis;

namespace Grader.Assignments.Shared;

/// <summary>Why a server cannot be talked to at all.</summary>
internal static class StartCauses
{
    private const string Stays = "A server makes a socket, binds it to a port, listens, and stays: clients come later.";

    public static readonly Misconception DoesNotBuild = new()
    {
        Id = "does-not-build",
        Title = "Your program does not build",
        Why = "A program that the compiler refuses cannot be started. Everything else waits for that.",
        Teaches = "What is handed in is built from its source, on another machine than yours.",
        Advice =
            "Build it from a fresh copy of the folder, with the command that the report names, and mend the first "
            + "error; those after it often follow from it.",
        Explains = (_, check) => check.Failure.Symptom == Symptom.NotBuilt,
    };

    private static readonly Misconception CrashesAtStart = new()
    {
        Id = "crashes-at-start",
        Title = "Your program crashes before it waits for clients",
        Why = "It ended with an error before any client came. Nobody can connect to a program that is gone.",
        Teaches = "A server makes a socket, binds it to a port, listens, and stays.",
        Advice = "Start it by hand with a port as its only argument, and mend the error that it prints.",
        Explains = (_, check) => check is { Failure.Symptom: Symptom.EndedEarly, IsCrash: true },
    };

    private static readonly Misconception NeverListens = new()
    {
        Id = "never-listens",
        Title = "Your program never listens",
        Why =
            "A client can connect only where a socket listens. Binding a socket reserves the port and opens it to nobody.",
        Teaches = Stays,
        Advice =
            "Bind and listen before anything that waits, a key or a line of input among it, and then accept in a loop.",
        Explains = (_, check) => check.Failure.Symptom == Symptom.NeverListens,
    };

    private static readonly Misconception EndsAtOnce = new()
    {
        Id = "ends-at-once",
        Title = "Your program comes to its end before any client comes",
        Why =
            "It ended without an error, as a program does that has nothing more to do, and what it had opened was closed "
            + "with it: nobody had called what serves, or only a background thread was in it.",
        Teaches = Stays,
        Advice =
            "Call your server at the end of the program, and accept in a loop without an end; where a thread does that, "
            + "wait for the thread.",
        Explains = (_, check) => check is { Failure.Symptom: Symptom.EndedEarly, IsCrash: false },
    };

    private static readonly Misconception WrongTransport = new()
    {
        Id = "wrong-transport",
        Title = "Your server speaks UDP, and its clients speak TCP",
        Why =
            "A datagram socket takes single messages, from anybody, without a connection. TCP has ports of its own, and "
            + "nothing listens there.",
        Teaches = "TCP and UDP are two services; client and server must use the same one.",
        Advice = "Make a stream socket; then listen, and accept a connection for every client.",
        Explains = (_, check) => check.Failure.Symptom == Symptom.OtherTransport,
    };

    public static IReadOnlyList<Misconception> All { get; } =
    [DoesNotBuild, CrashesAtStart, NeverListens, EndsAtOnce, WrongTransport];
}
