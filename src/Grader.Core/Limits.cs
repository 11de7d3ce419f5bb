namespace Grader;

/// <summary>How long and how much; every limit that strikes is named in the report.</summary>
public sealed record Limits
{
    /// <summary>From a server's start to its listening socket.</summary>
    public TimeSpan Start { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>No byte moved and every thread of the server asleep for this long: it waits for something that never comes.</summary>
    public TimeSpan Stall { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>One check of a server, or one run of a client.</summary>
    public TimeSpan Check { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>All checks of a submission together; building is not counted.</summary>
    public TimeSpan Submission { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>All build commands of a submission together.</summary>
    public TimeSpan Build { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Bytes that all processes of a server may hold together, files apart.</summary>
    public long Memory { get; init; } = 512_000_000;

    /// <summary>Bytes of a submission's output that are kept.</summary>
    public long Output { get; init; } = 1_000_000;
}
