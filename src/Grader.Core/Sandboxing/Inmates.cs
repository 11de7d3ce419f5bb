using Grader.Hosting;

namespace Grader.Sandboxing;

/// <summary>Tells the processes of a program in a sandbox from those that keep it there.</summary>
internal sealed class Inmates
{
    // The first process of a sandbox only waits for the others; the program is the second.
    private const int Keeper = 1;
    private const int First = 2;

    private static readonly int Depth = ProcessTable.ReadNamespaceIds(Environment.ProcessId).Length;

    private readonly Dictionary<int, int> _innermost = [];

    /// <summary>Those of some processes that are in the sandbox.</summary>
    public IReadOnlyList<int> Among(IReadOnlyList<int> processes)
    {
        lock (_innermost)
        {
            foreach (var gone in _innermost.Keys.Except(processes).ToList())
            {
                _innermost.Remove(gone);
            }

            return [.. processes.Where(process => ReadInnermost(process) > Keeper)];
        }
    }

    /// <summary>The process that the program began with; null when it is gone.</summary>
    public int? FindFirst(IReadOnlyList<int> processes)
    {
        var inside = Among(processes);
        lock (_innermost)
        {
            return inside.Where(process => ReadInnermost(process) == First).Cast<int?>().FirstOrDefault();
        }
    }

    /// <summary>How many files lie in the scratch folders that some of them see.</summary>
    public static long CountFiles(IReadOnlyList<int> inside) =>
        inside.Count == 0
            ? 0
            : Bubble.ScratchFolders.Sum(folder => Native.CountFiles($"/proc/{inside[0]}/root{folder}"));

    // A process stays in its namespace; 0 for one outside the sandbox.
    private int ReadInnermost(int process)
    {
        if (!_innermost.TryGetValue(process, out var innermost))
        {
            var ids = ProcessTable.ReadNamespaceIds(process);
            innermost = ids.Length > Depth ? ids[^1] : 0;
            _innermost[process] = innermost;
        }

        return innermost;
    }
}
