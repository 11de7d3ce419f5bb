using System.Globalization;
using Grader.Hosting;

namespace Grader.Tests.Support;

/// <summary>Who started whom, as /proc tells it.</summary>
internal static class ProcessTree
{
    /// <summary>Everything that a process started, and what that started.</summary>
    public static List<int> FindDescendants(int process)
    {
        var parents = ProcessTable.FindAll().ToLookup(ReadParent);
        var found = new List<int>();
        var waiting = new Queue<int>([process]);
        while (waiting.TryDequeue(out var parent))
        {
            foreach (var child in parents[parent])
            {
                found.Add(child);
                waiting.Enqueue(child);
            }
        }

        return found;
    }

    // pid (name) state ppid ...
    private static int ReadParent(int process)
    {
        var stat = ProcessTable.Try(() => File.ReadAllText($"/proc/{process}/stat"), ") ? 0");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
