namespace Grader.Intake;

/// <summary>What tells when something was handed in.</summary>
public enum HandInSource
{
    /// <summary>The time of the commit, as git's committer date has it.</summary>
    Commit,

    /// <summary>The column "submitted" of the roster.</summary>
    Roster,

    /// <summary>The last change of a file, or of the archive.</summary>
    NewestFile,
}

/// <summary>When something was handed in, and how one knows.</summary>
public sealed record HandIn(DateTimeOffset At, HandInSource From)
{
    // In the year 9000.
    private const long LastSecond = 221_845_392_000;

    /// <summary>What was graded of a repository.</summary>
    public string? Commit { get; init; }

    /// <summary>What the files were by whose change the time is known: a copy of them is newer, and no later hand-in.</summary>
    public string? Digest { get; init; }

    /// <summary>A time in seconds since 1970 (UTC), as files and commits have it; one that nobody could mean is brought near.</summary>
    public static DateTimeOffset AtSeconds(long seconds) =>
        // Any offset from UTC can be added to it.
        DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, 0, LastSecond));

    /// <summary>The time that stays: of the same files handed in again, the earlier one.</summary>
    public HandIn Since(HandIn? before) =>
        before is not null
        && before.From == From
        && before.Digest is not null
        && before.Digest == Digest
        && before.At < At
            ? before
            : this;
}
