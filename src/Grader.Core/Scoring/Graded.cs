using Grader.Diagnosis;
using Grader.Transcripts;

namespace Grader.Scoring;

/// <summary>Everything that grading a submission brought forth.</summary>
/// <param name="Report">The result, the same in every run.</param>
/// <param name="Timings">Seconds by phase and by check: what differs from run to run.</param>
/// <param name="ServerLog">What the build and the server wrote, bounded.</param>
public sealed record Graded(Report Report, IReadOnlyDictionary<string, double> Timings, string ServerLog)
{
    /// <summary>What went over the wire, by check; kept in memory alone.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TranscriptLine>> Transcripts { get; init; } =
        new Dictionary<string, IReadOnlyList<TranscriptLine>>();

    /// <summary>The checks that failed, with all that is known of them; kept in memory alone.</summary>
    public IReadOnlyList<FailedCheck> Failed { get; init; } = [];

    /// <summary>The stack traces of what of ours went wrong; empty where nothing did.</summary>
    public string ErrorLog { get; init; } = "";

    /// <summary>False when the limit of the whole run struck first; the report says after how many checks.</summary>
    public bool IsFinished { get; init; } = true;
}
