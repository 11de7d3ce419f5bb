using Grader.Diagnosis;
using Grader.Scoring;

namespace Grader.Fuzzing;

/// <summary>What random conversations with a submission's server came to.</summary>
/// <param name="Runs">How many were had.</param>
/// <param name="Found">The first one that went wrong; null where none did.</param>
public sealed record Fuzzed(int Runs, Counterexample? Found)
{
    /// <summary>How the server was built and started.</summary>
    public string Recipe { get; init; } = "";

    /// <summary>Whether the server serves one client at a time, which is no fault: so did the clients come.</summary>
    public bool IsSerial { get; init; }

    /// <summary>How many failed by a stall, and passed when they were had again.</summary>
    public int Flaky { get; init; }
}

/// <summary>A conversation that goes wrong.</summary>
/// <param name="Seed">By which it is made again.</param>
/// <param name="Recurrence">When it goes wrong.</param>
/// <param name="Made">How many moves it had, with those of the conversations before it where it needs them.</param>
/// <param name="Left">How many of them are left.</param>
/// <param name="Failed">What was seen.</param>
/// <param name="Report">The same as a report shows it.</param>
public sealed record Counterexample(
    ulong Seed,
    Recurrence Recurrence,
    int Made,
    int Left,
    FailedCheck Failed,
    CheckReport Report
);

/// <summary>When a conversation goes wrong that went wrong once.</summary>
public enum Recurrence
{
    /// <summary>Always, on a fresh server.</summary>
    Always,

    /// <summary>After conversations that the server had before.</summary>
    AfterOthers,

    /// <summary>Now and then.</summary>
    ByChance,
}
