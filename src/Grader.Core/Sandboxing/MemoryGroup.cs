using System.Globalization;
using Grader.Hosting;

namespace Grader.Sandboxing;

/// <summary>
/// A control group for the memory of a program and all its descendants, below the grader's own, where such can be made
/// (cgroups(7)). What takes memory faster than anybody looks is ended by the kernel.
/// </summary>
internal sealed class MemoryGroup : IDisposable
{
    private const string Root = "/sys/fs/cgroup";
    private const string Members = "cgroup.procs";

    // The kernel lets go of a group a little after its last process.
    private const int MostTries = 50;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(2);

    // The same number is another process in another namespace, as of containers that share a group.
    private static readonly Lazy<string> Prefix = new(() =>
        $"grader-{new string([.. (new FileInfo("/proc/self/ns/pid").LinkTarget ?? "").Where(char.IsAsciiDigit)])}-"
    );

    private static readonly Lazy<Parent?> Found = new(FindParent);
    private static int _made;

    private readonly Parent _parent;
    private readonly string _folder;

    private MemoryGroup(Parent parent, string folder)
    {
        _parent = parent;
        _folder = folder;
    }

    /// <summary>What to put before a command so that it starts in the group; only root may.</summary>
    public IReadOnlyList<string> Enter => ["sh", "-c", $"echo 0 > \"$0/{Members}\" && exec \"$@\"", _folder];

    /// <summary>Whether the kernel ended a process of it for want of memory.</summary>
    public bool HasKilled
    {
        get
        {
            const string Field = "oom_kill ";
            return Read(Path.Combine(_folder, _parent.Events))
                .Split('\n')
                .Any(line =>
                    line.StartsWith(Field, StringComparison.Ordinal)
                    && line[Field.Length..].Trim() is var count
                    && count != "0"
                );
        }
    }

    /// <param name="bytes">What its processes may hold together, files in memory included.</param>
    /// <returns>Null where there are no such groups, or none may be made.</returns>
    public static MemoryGroup? TryCreate(long bytes)
    {
        if (Found.Value is not { } parent)
        {
            return null;
        }

        var number = Interlocked.Increment(ref _made);
        var folder = Path.Combine(
            parent.Folder,
            string.Create(CultureInfo.InvariantCulture, $"{Prefix.Value}{Environment.ProcessId}-{number}")
        );
        return Make(parent, folder, bytes) ? new MemoryGroup(parent, folder) : null;
    }

    public void Dispose()
    {
        for (var attempt = 1; attempt <= MostTries && !Remove(_folder); attempt++)
        {
            Thread.Sleep(BetweenTries);
        }
    }

    private static Parent? FindParent()
    {
        // "4:memory:/user" in the old hierarchy of one tree a controller, "0::/user" in the new one.
        foreach (var fields in Read("/proc/self/cgroup").Split('\n').Select(line => line.Split(':', 3)))
        {
            Parent? parent = fields switch
            {
                [_, "memory", var path] => new($"{Root}/memory{path}", "memory.limit_in_bytes", "memory.oom_control"),
                ["0", "", var path] when File.Exists($"{Root}/cgroup.controllers") => new(
                    $"{Root}{path}",
                    "memory.max",
                    "memory.events"
                ),
                _ => null,
            };
            // Found out with one that is not used.
            if (parent is not null)
            {
                var probe = Path.Combine(parent.Folder, $"{Prefix.Value}{Environment.ProcessId}-0");
                var works = Make(parent, probe, long.MaxValue >> 12 << 12);
                Remove(probe);
                if (works)
                {
                    RemoveLeftovers(parent);
                    return parent;
                }
            }
        }

        return null;
    }

    // A grader that was killed could not clean up. A group that still has processes cannot be removed.
    private static void RemoveLeftovers(Parent parent)
    {
        foreach (var folder in Directory.GetDirectories(parent.Folder, $"{Prefix.Value}*"))
        {
            if (
                Path.GetFileName(folder)[Prefix.Value.Length..].Split('-') is [var process, _]
                && !Directory.Exists($"/proc/{process}")
            )
            {
                Remove(folder);
            }
        }
    }

    private static bool Make(Parent parent, string folder, long bytes)
    {
        try
        {
            Directory.CreateDirectory(folder);
            // In the new hierarchy it is there only where the grader's own group passes the controller on.
            var limit = Path.Combine(folder, parent.Limit);
            if (File.Exists(limit))
            {
                File.WriteAllText(limit, bytes.ToString(CultureInfo.InvariantCulture));
                return true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // None may be made here, or no limit set.
        }

        Remove(folder);
        return false;
    }

    // A group's folder holds files that cannot be deleted, and goes with them.
    private static bool Remove(string folder) =>
        !Directory.Exists(folder)
        || ProcessTable.Try(
            () =>
            {
                Directory.Delete(folder);
                return true;
            },
            false
        );

    private static string Read(string path) => ProcessTable.Try(() => File.ReadAllText(path), "");

    private sealed record Parent(string Folder, string Limit, string Events);
}
