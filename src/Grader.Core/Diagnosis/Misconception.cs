namespace Grader.Diagnosis;

/// <summary>Something that many believe and that is not so, and how one sees that a server was written in this belief.</summary>
public sealed record Misconception
{
    /// <summary>A stable slug, never used again.</summary>
    public required string Id { get; init; }

    /// <summary>A sentence about the server, without its full stop.</summary>
    public required string Title { get; init; }

    /// <summary>Why what happened is so; two sentences.</summary>
    public required string Why { get; init; }

    /// <summary>What the course teaches about it.</summary>
    public required string Teaches { get; init; }

    /// <summary>What to change, with no code given away.</summary>
    public required string Advice { get; init; }

    /// <summary>Whether a failed check is one that this belief leads to.</summary>
    public required Func<Evidence, FailedCheck, bool> Explains { get; init; }

    /// <summary>What must be seen besides; by default a check that it explains is enough.</summary>
    public Func<Evidence, bool> Shows { get; init; } = _ => true;

    /// <summary>The ids of those that would explain the same, and are less to the point.</summary>
    public IReadOnlyList<string> Over { get; init; } = [];
}
