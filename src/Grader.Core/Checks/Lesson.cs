namespace Grader.Checks;

/// <summary>A few checks that teach one thing.</summary>
public sealed record Lesson
{
    public required string Title { get; init; }

    /// <summary>
    /// Whether a server that ended after a right reply is quietly started again for the next connection: if it ended well,
    /// or as it does after every client.
    /// </summary>
    public bool RestartsQuietly { get; init; }

    /// <summary>Whether it is about what ends a server with an error, so that only a good end is passed over.</summary>
    public bool IsAboutErrors { get; init; }

    public required IReadOnlyList<Check> Checks { get; init; }
}
