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

    /// <summary>One sentence of networking truth.</summary>
    public required string Teaches { get; init; }

    /// <summary>What to try next, with no code given away.</summary>
    public required string Hint { get; init; }

    /// <summary>The check without which this one can mean nothing.</summary>
    public string? After { get; init; }

    public required Func<Bench, Task> Run { get; init; }
}
