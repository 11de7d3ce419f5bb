namespace Grader.Checks;

/// <summary>What a check saw go wrong, as a value: causes are found by it, never by the words of a failure.</summary>
public enum Symptom
{
    /// <summary>None of these.</summary>
    Other,

    /// <summary>The build failed.</summary>
    NotBuilt,

    /// <summary>It ended before it waited for clients.</summary>
    EndedEarly,

    /// <summary>It runs, and listens for nothing.</summary>
    NeverListens,

    /// <summary>It has a socket that is none of TCP's.</summary>
    OtherTransport,

    /// <summary>A reply was wrong, incomplete, too long, or did not come; <see cref="Failure.Reply"/> tells how.</summary>
    WrongReply,

    /// <summary>What one client was to get, another one got.</summary>
    Misdelivered,

    /// <summary>A client was refused, or never accepted, or closed before it could ask.</summary>
    TurnedAway,

    /// <summary>It ended after a conversation, or stopped listening.</summary>
    Gone,

    /// <summary>After the client's end of file its side stays open.</summary>
    StaysOpen,

    /// <summary>Its memory grows with what passes.</summary>
    MemoryGrows,

    /// <summary>It holds descriptors of clients that have left.</summary>
    HoldsDescriptors,

    /// <summary>It works while a client is silent.</summary>
    BusyWithSilentClient,

    /// <summary>It works though all clients have left.</summary>
    BusyAlone,

    /// <summary>SIGINT did not end it.</summary>
    RunsOn,

    /// <summary>It does not start again on the port that it had.</summary>
    NotRestarted,

    /// <summary>A client made no connection.</summary>
    NeverConnects,

    /// <summary>A client sent something else than what it was given, or not all of it.</summary>
    WrongRequest,

    /// <summary>A client did not print the reply.</summary>
    NotTold,

    /// <summary>A client did not end.</summary>
    NeverEnds,

    /// <summary>A client ended with an error though all went well, or without one though it did not.</summary>
    WrongEnd,
}
