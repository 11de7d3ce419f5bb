namespace Grader.Fuzzing;

/// <summary>What random conversations with a submission's server came to.</summary>
/// <param name="Runs">How many were had.</param>
/// <param name="Found">The first one that went wrong; null where none did.</param>
public sealed record Fuzzed(int Runs, Counterexample? Found)
{
    /// <summary>How the server was built and started.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>Whether the server serves one client at a time, or a few, which is no fault: so did the clients come.</summary>
    public bool IsSerial { get; init; }

    /// <summary>How many failed by a stall, and passed when they were had again.</summary>
    public int Flaky { get; init; }
}
