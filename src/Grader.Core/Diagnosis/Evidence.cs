using Grader.Checks;
using Grader.Scoring;
using Grader.Transcripts;

namespace Grader.Diagnosis;

/// <summary>A failed check, as causes look at it.</summary>
/// <param name="Check">Its id.</param>
/// <param name="Failure">What it saw.</param>
/// <param name="Transcript">What went over the wire.</param>
public sealed record FailedCheck(string Check, Failure Failure, IReadOnlyList<TranscriptLine> Transcript)
{
    /// <summary>How many clients the server had had before.</summary>
    public int Connections { get; init; }

    /// <summary>The reply that was wrong, where one was.</summary>
    public Reply? Reply => Failure.Symptom == Symptom.WrongReply ? Failure.Reply : null;

    /// <summary>Whether the server said nothing at all, and keeps the connection.</summary>
    public bool IsSilent => Reply is { IsEmpty: true, IsClosed: false };

    /// <summary>Whether the server hung up with the rest of a reply unsent.</summary>
    public bool IsCutOff => Reply is { IsCut: true, IsClosed: true };

    /// <summary>Whether the client got nothing from the server: refused, never accepted, silent or closed.</summary>
    public bool IsUnserved => Failure.Symptom == Symptom.TurnedAway || (Reply is { IsEmpty: true } && !HasHeard);

    /// <summary>Whether it was a process that ended, other than by exit code 0.</summary>
    public bool IsCrash => Failure.ExitCode is not (null or 0);

    /// <summary>Whether an earlier reply came on the same connection.</summary>
    public bool HasHeard => Failure.HeardBefore > 0;

    /// <summary>Whether it came so far that a client reset its connection.</summary>
    public bool HasReset => Transcript.Any(line => line.Deed == Deed.Resets);

    /// <summary>All that the client got on its connection, the wrong reply included.</summary>
    public byte[] Heard => Join(Deed.Receives);

    /// <summary>How often the client had sent something.</summary>
    public int Sends => Of(Deed.Sends).Count();

    /// <summary>All that was sent on the connection, first to last.</summary>
    public byte[] Sent => Join(Deed.Sends);

    private byte[] Join(Deed deed) => [.. Of(deed).SelectMany(line => line.Bytes.ToArray())];

    private IEnumerable<TranscriptLine> Of(Deed deed) =>
        Transcript.Where(line => line.Who == Failure.Client && line.Deed == deed);
}

/// <summary>All that grading a submission found, for causes to be matched with.</summary>
/// <param name="Outcomes">By check, of those that ran.</param>
/// <param name="Failed">The checks that failed, in their order.</param>
/// <param name="Explored">What explorations heard, by id; a server may not have taken part in any.</param>
public sealed record Evidence(
    IReadOnlyDictionary<string, Outcome> Outcomes,
    IReadOnlyList<FailedCheck> Failed,
    IReadOnlyDictionary<string, Explored> Explored
)
{
    /// <summary>What went over the wire, by check, also in those that passed.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TranscriptLine>> Transcripts { get; init; } =
        new Dictionary<string, IReadOnlyList<TranscriptLine>>();

    /// <returns>The first reply in a check that passed; empty where it did not.</returns>
    public ReadOnlyMemory<byte> FirstReply(string check) =>
        HasPassed(check)
            ? Transcripts.GetValueOrDefault(check, []).FirstOrDefault(line => line.Deed == Deed.Receives)?.Bytes
                ?? default
            : default;

    public bool HasPassed(string check) => Outcomes.GetValueOrDefault(check, Outcome.Skipped) == Outcome.Passed;

    /// <returns>The check, if it failed.</returns>
    public FailedCheck? Find(string check) => Failed.FirstOrDefault(failed => failed.Check == check);
}
