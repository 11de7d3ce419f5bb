using System.Globalization;

namespace Grader.Transcripts;

/// <summary>One event of a transcript: who did what, and when since the check began.</summary>
public sealed record TranscriptLine(TimeSpan At, string Text)
{
    /// <summary>With its time, for a terminal: what repeats from run to run is the text.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds, 7:0.000}  {Text}");
}
