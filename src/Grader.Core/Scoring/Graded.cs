using Grader.Transcripts;

namespace Grader.Scoring;

/// <summary>Everything that grading a submission brought forth.</summary>
/// <param name="Report">The result, the same in every run.</param>
/// <param name="Timings">Seconds by phase and by check: what differs from run to run.</param>
/// <param name="ServerLog">What the build and the server wrote, bounded.</param>
/// <param name="Transcripts">What went over the wire, by check.</param>
public sealed record Graded(
    Report Report,
    IReadOnlyDictionary<string, double> Timings,
    string ServerLog,
    IReadOnlyDictionary<string, IReadOnlyList<TranscriptLine>> Transcripts
)
{
    /// <summary>False when the limit of the whole run struck first; the report says after how many checks.</summary>
    public bool IsFinished { get; init; } = true;
}
