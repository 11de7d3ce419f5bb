using Grader.Hosting;

namespace Grader.Checks;

/// <summary>One behaviour of a server: what it is, what it teaches, and the conversation that shows it.</summary>
public sealed record Check
{
    /// <summary>A stable slug, unique in its suite and never used again.</summary>
    public required string Id { get; init; }

    /// <summary>Completes "the server ...".</summary>
    public required string Name { get; init; }

    public required int Points { get; init; }

    /// <summary>Whether its points are a bonus outside the total.</summary>
    public bool Extra { get; init; }

    /// <summary>What its clients do, and what they expect.</summary>
    public required string OnTheWire { get; init; }

    /// <summary>One sentence of networking truth.</summary>
    public required string Teaches { get; init; }

    /// <summary>What to try next, with no code given away.</summary>
    public required string Hint { get; init; }

    /// <summary>The check without which this one can mean nothing.</summary>
    public string? After { get; init; }

    /// <summary>Whether it looks at the server's descriptors, memory or queues, as only Linux shows them.</summary>
    public bool LooksInside { get; init; }

    /// <summary>Whether it sends the server a signal.</summary>
    public bool Interrupts { get; init; }

    /// <summary>Whether it runs several clients at a time, which may all look for their server at the same port.</summary>
    public bool RunsTogether { get; init; }

    /// <summary>Why this machine cannot run it, or null if it can.</summary>
    public string? WhyNotHere =>
        LooksInside && Hosts.Mode == HostMode.Plain ? "since plain mode cannot look into a server"
        : RunsTogether && !Hosts.HasOwnNetworks ? "since clients have no networks of their own here"
        : Interrupts && OperatingSystem.IsWindows() ? "since Windows has no signal for it"
        : null;

    public required Func<Bench, Task> Run { get; init; }
}
