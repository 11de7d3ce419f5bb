using Grader.Diagnosis;
using Grader.Scoring;

namespace Grader.Fuzzing;

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
