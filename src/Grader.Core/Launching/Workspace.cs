using System.Text.RegularExpressions;
using Grader.Checks;
using Grader.Hosting;
using Grader.Sandboxing;

namespace Grader.Launching;

/// <summary>A temporary folder outside the repository, where a submission is built once and started from fresh copies.</summary>
public sealed partial class Workspace : IDisposable
{
    private const string Prefix = "grader-";
    private const string LockName = "lock";
    private const long MaxBytes = 256L << 20;
    private const int MaxFiles = 20_000;

    // What was handed in and built, and a great deal more.
    private const long MostScratch = 2 * MaxBytes;

    // What lies in one, and nothing else.
    private static readonly string[] Parts = ["built", "etc", "home", LockName, "room", "run"];

    private static readonly string[] Left =
    [
        ".git",
        ".venv",
        "venv",
        "__pycache__",
        "node_modules",
        "__MACOSX",
        ".DS_Store",
    ];

    // Elsewhere an open file keeps its folder from being renamed, and it is locked just after it has its name.
    private static readonly bool IsNamedLocked = !OperatingSystem.IsWindows();

    private readonly string _root = Path.Combine(Path.GetTempPath(), $"{Prefix}{Path.GetRandomFileName()}");
    private readonly FileStream _lock;

    // Under its name only once it is locked: between the two steps another grader would take it for a leftover.
    private Workspace(Sandbox? sandbox, Packages packages)
    {
        Sandbox = sandbox;
        User = sandbox?.ChooseUser();
        Packages = packages;
        var unlocked = IsNamedLocked ? Path.Combine(Path.GetTempPath(), $"new-{Path.GetFileName(_root)}") : _root;
        Directory.CreateDirectory(unlocked);
        _lock = Lock(unlocked, FileMode.CreateNew);
        if (IsNamedLocked)
        {
            Directory.Move(unlocked, _root);
        }
    }

    /// <summary>What its programs run in; null for nothing.</summary>
    public Sandbox? Sandbox { get; }

    /// <summary>Whether its programs see files and processes of their own, and not the machine's.</summary>
    internal bool HasOwnView => Sandbox is { HasOwnView: true };

    /// <summary>The user that its programs run as; null for the grader's.</summary>
    internal int? User { get; }

    /// <summary>What its builds may take packages from.</summary>
    public Packages Packages { get; }

    /// <summary>The copy that is built.</summary>
    public string Built => Path.Combine(_root, "built");

    /// <summary>The copy that a server runs in, made anew for every start.</summary>
    public string Run => Path.Combine(_root, "run");

    /// <summary>What programs take for their home.</summary>
    public string Home => Path.Combine(_root, "home");

    /// <summary>The same as they see it.</summary>
    public string HomeSeen => HasOwnView ? Sandbox.Home : Home;

    /// <summary>A file that no program of a submission has anything to do with.</summary>
    internal string LockPath => Path.Combine(_root, LockName);

    /// <param name="sandbox">What its programs run in; null for nothing.</param>
    /// <param name="packages">What its builds may take packages from; null for nothing.</param>
    public static Workspace Create(Sandbox? sandbox, Packages? packages = null)
    {
        RemoveLeftovers();
        var workspace = new Workspace(sandbox, packages ?? new Packages());
        Directory.CreateDirectory(workspace.Home);
        Directory.CreateDirectory(workspace.Built);
        return workspace;
    }

    /// <exception cref="CheckFailedException">The folder holds a link that leaves it, or too much.</exception>
    public void CopyIn(string folder) => Copy(Select(folder), Built);

    /// <summary>What is taken of a folder that was handed in, by its name there and in an order that repeats.</summary>
    /// <exception cref="CheckFailedException">The folder holds a link that leaves it, or too much.</exception>
    internal static IEnumerable<(string Name, FileSystemInfo Entry)> Select(string folder)
    {
        var root = Enter(Resolve(Path.GetFullPath(folder)));
        var (size, files) = (0L, 0);
        return Walk(root, entry => IsWanted(entry) && IsAllowed(entry, root, ref size, ref files));
    }

    // Whoever unpacks an archive, or packs a folder, often puts one folder around it.
    private static string Enter(string folder)
    {
        while (
            new DirectoryInfo(folder)
                .EnumerateFileSystemInfos()
                .Where(entry => IsWanted(entry) && !entry.Name.StartsWith('.'))
                .Take(2)
                .ToList()
                is [DirectoryInfo { LinkTarget: null } only]
        )
        {
            folder = only.FullName;
        }

        return folder;
    }

    /// <summary>Whether files and folders of a name are left where they are: tools made them.</summary>
    // What a Mac keeps beside a file where the file cannot hold it is called as that, and has its ending.
    internal static bool IsLeft(string name) => Left.Contains(name) || name.StartsWith("._", StringComparison.Ordinal);

    /// <summary>Where a program finds itself, as the grader sees it.</summary>
    internal string FolderOf(Stint stint) => stint == Stint.Build || HasOwnView ? Built : Run;

    /// <summary>Gives what is to be built to the user that its programs run as, and to nobody else.</summary>
    internal void HandOver() => HandOver(Built, Home);

    // None of the folders has been another's before: whoever owns one may put links in the way of whoever walks it.
    private void HandOver(params string[] folders)
    {
        if (User is not { } user || OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var folder in folders)
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            // A link is itself, and never what it leads to; the folder comes last, and till then nobody else is in it.
            foreach (var path in Walk(folder, _ => true).Select(found => found.Entry.FullName).Append(folder))
            {
                Native.ChangeOwner(path, user);
            }
        }
    }

    /// <summary>Writes a file for the sandbox to show.</summary>
    internal string Offer(string name, string content)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_root, "etc")).FullName, name);
        if (!File.Exists(path))
        {
            File.WriteAllText(path, content);
        }

        return path;
    }

    /// <summary>Gives the next start a fresh copy of what was built; who has a view of its own makes that itself.</summary>
    public void RenewRun()
    {
        if (HasOwnView)
        {
            return;
        }

        Delete(Run);
        Delete(Home);
        if (Directory.Exists(Run) || Directory.Exists(Home))
        {
            throw new EnvironmentException("what the last start left behind cannot be deleted");
        }

        Directory.CreateDirectory(Home);
        // What the build added belongs to the result, whatever its name.
        Copy(Walk(Built, _ => true), Run);
        HandOver(Run, Home);
    }

    /// <summary>Finds out, of a program that failed, whether it had room to work in.</summary>
    /// <exception cref="EnvironmentException">The disk is full, and not by this program's doing.</exception>
    public void RequireRoom()
    {
        const int Room = 1 << 20;
        var probe = Path.Combine(_root, "room");
        try
        {
            File.WriteAllBytes(probe, new byte[Room]);
            File.Delete(probe);
        }
        catch (IOException) when (Measure(Built, Run, Home).Bytes > MostScratch)
        {
            // The program itself has filled it.
        }
        catch (IOException e) when (!Exhaustion.IsOfFiles(e))
        {
            throw new EnvironmentException(
                $"the disk of the temporary folder is full; free some of it, or set TMPDIR to a folder on another one: {Relative(e.Message)}"
            );
        }
    }

    /// <summary>Takes this machine's paths out of what a program wrote, so that reports repeat.</summary>
    public string Relative(string text) =>
        ForeignFolder()
            .Replace(
                text.Replace($"{Sandbox.Folder}/", "", StringComparison.Ordinal)
                    .Replace(Sandbox.Folder, ".", StringComparison.Ordinal)
                    .Replace($"{Run}/", "", StringComparison.Ordinal)
                    .Replace($"{Built}/", "", StringComparison.Ordinal)
                    .Replace(_root, ".", StringComparison.Ordinal),
                ".../"
            );

    public void Dispose()
    {
        _lock.Dispose();
        Delete(_root);
    }

    // A grader that was killed could not clean up. The lock tells it from one that runs, in another container as well.
    private static void RemoveLeftovers()
    {
        foreach (var folder in Directory.GetDirectories(Path.GetTempPath(), $"{Prefix}*"))
        {
            try
            {
                // A user may have given that prefix to a folder of theirs.
                if (!IsOurs(folder))
                {
                    continue;
                }

                // One that could be deleted in part alone, by whoever owned it, has lost its lock.
                Lock(folder, IsNamedLocked ? FileMode.OpenOrCreate : FileMode.Open).Dispose();
                Delete(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is in use, another user's, or none of ours.
            }
        }
    }

    private static bool IsOurs(string folder) =>
        OwnName().IsMatch(Path.GetFileName(folder))
        && Directory.EnumerateFileSystemEntries(folder).All(entry => Parts.Contains(Path.GetFileName(entry)));

    /// <summary>What programs have too much of on the disk, in words; null for nothing.</summary>
    /// <param name="stint">A program that serves has a copy, and what it may keep there does not count what it is a copy of.</param>
    internal string? FindExcess(Stint stint)
    {
        var most = stint == Stint.Build ? MostScratch : Sandbox.MostBytes;
        var (bytes, files) = Measure(FolderOf(stint), Home);
        return bytes > most ? $"more than {Text.Size(most)} of files"
            : files > Sandbox.MostFiles ? $"more than {Text.Count(Sandbox.MostFiles, "file")}"
            : null;
    }

    private static (long Bytes, int Files) Measure(params string[] folders)
    {
        var (bytes, files) = (0L, 0);
        foreach (var folder in folders.Where(Directory.Exists))
        {
            try
            {
                foreach (var (_, entry) in Walk(folder, _ => true).TakeWhile(_ => files <= Sandbox.MostFiles))
                {
                    files++;
                    bytes += entry is FileInfo { LinkTarget: null } file ? file.Length : 0;
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException && !Exhaustion.IsOfFiles(e))
            {
                // Whoever is at work in it deletes as well.
            }
        }

        return (bytes, files);
    }

    private static FileStream Lock(string folder, FileMode mode) =>
        new(Path.Combine(folder, LockName), mode, FileAccess.ReadWrite, FileShare.None);

    private static IEnumerable<(string Name, FileSystemInfo Entry)> Walk(string root, Func<FileSystemInfo, bool> wants)
    {
        var waiting = new Stack<FileSystemInfo>(LastFirst(new DirectoryInfo(root)));
        while (waiting.TryPop(out var entry))
        {
            if (!wants(entry))
            {
                continue;
            }

            yield return (Path.GetRelativePath(root, entry.FullName), entry);
            if (entry is DirectoryInfo { LinkTarget: null } folder)
            {
                foreach (var inside in LastFirst(folder))
                {
                    waiting.Push(inside);
                }
            }
        }
    }

    private static IEnumerable<FileSystemInfo> LastFirst(DirectoryInfo folder) =>
        folder.EnumerateFileSystemInfos().OrderByDescending(entry => entry.Name, StringComparer.Ordinal);

    private static void Copy(IEnumerable<(string Name, FileSystemInfo Entry)> entries, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var (name, entry) in entries)
        {
            var target = Path.Combine(to, name);
            if (entry.LinkTarget is { } link)
            {
                File.CreateSymbolicLink(target, link);
            }
            else if (entry is DirectoryInfo)
            {
                Directory.CreateDirectory(target);
            }
            else if (entry is FileInfo { Length: > 0 } file)
            {
                file.CopyTo(target);
            }
            else
            {
                // A named pipe has no length either, and opening one would wait for ever.
                File.Create(target).Dispose();
            }
        }
    }

    // A name that is no UTF-8 comes with this sign in place of its bytes, and cannot be opened.
    private static bool IsWanted(FileSystemInfo entry) => !IsLeft(entry.Name) && !entry.Name.Contains('\ufffd');

    private static bool IsAllowed(FileSystemInfo entry, string root, ref long size, ref int files)
    {
        var name = Path.GetRelativePath(root, entry.FullName);
        if (entry.LinkTarget is { } link)
        {
            var target = Resolve(Path.Combine(Path.GetDirectoryName(entry.FullName)!, link));
            if (Path.IsPathRooted(link) || !$"{target}/".StartsWith($"{root}/", StringComparison.Ordinal))
            {
                throw Refusal($"the link {name} leaves the folder", "Hand in the file itself in place of the link.");
            }
        }

        size += entry is FileInfo { LinkTarget: null } file ? file.Length : 0;
        if (size > MaxBytes)
        {
            throw Refusal(
                $"more than {MaxBytes >> 20} MiB, counted up to {name}",
                "Hand in sources, not what was built from them."
            );
        }

        if (++files > MaxFiles)
        {
            throw Refusal(
                $"more than {Text.Count(MaxFiles, "file")}, counted up to {name}",
                "Hand in sources, not what was built from them."
            );
        }

        return true;
    }

    /// <summary>Where a path leads when every link on it is followed.</summary>
    /// <remarks>A step up from a folder that is itself a link leads elsewhere than the text of the path says.</remarks>
    internal static string Resolve(string path)
    {
        const int Most = 40;
        var resolved = Path.GetPathRoot(path)!;
        var rest = new Stack<string>(Split(path[resolved.Length..]).Reverse());
        for (var links = 0; rest.TryPop(out var part); )
        {
            var next = part == ".." ? Path.GetDirectoryName(resolved) ?? resolved : Path.Combine(resolved, part);
            if (part != ".." && new FileInfo(next).LinkTarget is { } link && links++ < Most)
            {
                next = Path.IsPathRooted(link) ? Path.GetPathRoot(link)! : resolved;
                foreach (var step in Split(link).Reverse())
                {
                    rest.Push(step);
                }
            }

            resolved = next;
        }

        return resolved;
    }

    private static IEnumerable<string> Split(string path) =>
        path.Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".");

    private static CheckFailedException Refusal(string what, string hint) =>
        new(new Failure("a folder that can be copied", what) { Hint = hint });

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Nothing to delete.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A program may have left a folder that cannot be removed now; the next run tries again.
        }
    }

    // As Path.GetRandomFileName makes the second half.
    [GeneratedRegex($@"\A{Prefix}[a-z0-5]{{8}}\.[a-z0-5]{{3}}\z")]
    private static partial Regex OwnName();

    // Where this machine keeps its libraries, as in a traceback; a path in a URL is none.
    [GeneratedRegex(@"(?<![\w./:-])/(?:[\w.+@-]+/)+")]
    private static partial Regex ForeignFolder();
}
