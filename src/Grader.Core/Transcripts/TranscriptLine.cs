using System.Globalization;

namespace Grader.Transcripts;

/// <summary>One event of a transcript: who did what, and when since the check began.</summary>
public sealed record TranscriptLine(TimeSpan At, string Who, Deed Deed, ReadOnlyMemory<byte> Bytes, string Text)
{
    /// <summary>How many bytes its client had received in the events before it.</summary>
    public int HeardBefore(IEnumerable<TranscriptLine> transcript) =>
        transcript
            .TakeWhile(other => !ReferenceEquals(other, this))
            .Where(other => other.Who == Who && other.Deed == Deed.Receives)
            .Sum(other => other.Bytes.Length);

    /// <summary>With its time, for a terminal: what repeats from run to run is the text.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.TotalSeconds, 7:0.000}  {Text}");
}

/// <summary>What an event of a transcript is.</summary>
public enum Deed
{
    /// <summary>Something that happened to the server.</summary>
    Other,

    /// <summary>A client connected.</summary>
    Connects,

    /// <summary>A client was refused.</summary>
    IsRefused,

    /// <summary>A client said that it will send no more.</summary>
    HalfCloses,

    /// <summary>A client closed its connection.</summary>
    Closes,

    /// <summary>A client threw its connection away.</summary>
    Resets,

    /// <summary>A client saw that the server closed, or threw away, the connection.</summary>
    Ends,

    /// <summary>A client sent bytes.</summary>
    Sends,

    /// <summary>A client received bytes.</summary>
    Receives,
}
