using Grader.Checks;
using Grader.Launching;

namespace Grader.Intake;

/// <summary>What a student handed in for an assignment, wherever it lies.</summary>
public abstract record Submission(string Student)
{
    /// <summary>The folder that it is; null where it is none before it is graded.</summary>
    public virtual string? Folder => null;

    /// <summary>When it was handed in, in the roster's words; null where that has none.</summary>
    public DateTimeOffset? Declared { get; init; }

    /// <summary>Puts its files where they are to be built.</summary>
    /// <exception cref="CheckFailedException">They cannot be taken as they are; the student can mend it.</exception>
    /// <exception cref="EnvironmentException">They cannot be had now.</exception>
    internal abstract Task CopyIntoAsync(Workspace workspace, CancellationToken cancellationToken);

    /// <summary>Adds all of it that a verdict may depend on.</summary>
    /// <exception cref="CheckFailedException">As when it is copied.</exception>
    /// <exception cref="EnvironmentException">Likewise.</exception>
    internal abstract void AddTo(Digest digest);

    /// <summary>Finds out, where that takes a while, which state of it is graded; what goes wrong is told when it is copied.</summary>
    public virtual Task ResolveAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <param name="isDue">Whether a due date asks for it, so that it is looked for where nobody says it.</param>
    /// <returns>When it was handed in; null where that is not known.</returns>
    public HandIn? FindHandIn(bool isDue) =>
        Committed
        ?? (
            Declared is { } declared ? new HandIn(declared, HandInSource.Roster)
            : isDue ? FindNewest()
            : null
        );

    /// <param name="graded">What was found when it was graded, which holds unless the roster says otherwise now.</param>
    /// <param name="isDue">As above.</param>
    public HandIn? FindHandIn(HandIn? graded, bool isDue) =>
        graded is { From: HandInSource.Commit } || (graded is { From: HandInSource.NewestFile } && Declared is null)
            ? graded
            : FindHandIn(isDue);

    /// <summary>The commit that was taken.</summary>
    protected virtual HandIn? Committed => null;

    /// <summary>The time of the last change.</summary>
    protected abstract DateTime? FindLastChange();

    private HandIn? FindNewest()
    {
        try
        {
            using var digest = new Digest { IgnoresModes = true };
            AddTo(digest);
            return FindLastChange() is { } change
                ? new HandIn(HandIn.AtSeconds(new DateTimeOffset(change).ToUnixTimeSeconds()), HandInSource.NewestFile)
                {
                    Digest = digest.Read(),
                }
                : null;
        }
        catch (Exception e)
            when (e is CheckFailedException or EnvironmentException or IOException or UnauthorizedAccessException)
        {
            // Grading says why.
            return null;
        }
    }
}

/// <summary>A folder, as it is.</summary>
public sealed record FolderSubmission(string Student, string Path) : Submission(Student)
{
    public override string Folder => Path;

    internal override Task CopyIntoAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        workspace.CopyIn(Path);
        return Task.CompletedTask;
    }

    internal override void AddTo(Digest digest)
    {
        // Listed first: a folder that holds too much is refused before any of it is read.
        foreach (var (name, entry) in Workspace.Select(Path).ToList())
        {
            digest.Add(name, entry);
        }
    }

    protected override DateTime? FindLastChange() =>
        Workspace
            .Select(Path)
            .Select(found => found.Entry)
            .OfType<FileInfo>()
            .Select(file => (DateTime?)file.LastWriteTimeUtc)
            .Max();
}

/// <summary>An archive: .zip, .tar.gz or .tgz.</summary>
public sealed record ArchiveSubmission(string Student, string Path) : Submission(Student)
{
    /// <summary>Another one of the same student, so that nobody knows which was handed in; null where there is none.</summary>
    public string? Rival { get; init; }

    // Who replaces what a link leads to has handed in something else.
    private string Target => Workspace.Resolve(System.IO.Path.GetFullPath(Path));

    internal override async Task CopyIntoAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        RequireOne();
        // What it is called, and not what a link leads to, says what it is.
        var ending = Archive.EndingOf(Path)!;
        await Task.Run(() => Archive.Unpack(Target, ending, workspace.Built, cancellationToken), cancellationToken);
    }

    // Not what is in it: to unpack it takes longer, and gives the same every time.
    internal override void AddTo(Digest digest)
    {
        RequireOne();
        var file = new FileInfo(Target);
        Archive.RequireFile(file);
        digest.Add(Archive.EndingOf(Path)!, file);
    }

    // What the archive itself says of its files has no time zone.
    protected override DateTime? FindLastChange() => File.GetLastWriteTimeUtc(Target);

    private void RequireOne()
    {
        if (Rival is { } rival)
        {
            throw new EnvironmentException(
                $"{System.IO.Path.GetFileName(Path)} and {System.IO.Path.GetFileName(rival)} are both there; keep the one that is to be graded"
            );
        }
    }
}
