namespace Grader.Checks;

/// <summary>A few checks that teach one thing.</summary>
public sealed record Lesson
{
    public required string Title { get; init; }

    /// <summary>Whether a server that ended well after a right reply is quietly started again for the next connection.</summary>
    public bool RestartsQuietly { get; init; }

    public required IReadOnlyList<Check> Checks { get; init; }
}
