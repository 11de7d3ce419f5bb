using System.Diagnostics;

namespace Grader.Assignments.Tests;

/// <summary>Twice as many spinning processes as there are cores, until it is disposed.</summary>
/// <remarks>
/// Each in a session of its own, as a desktop's programs and other people's are: where the kernel shares processor time
/// between sessions (sched_autogroup), all of one session together get no more than a single process of another. They end
/// with whoever started them, however that ends.
/// </remarks>
internal sealed class BusyMachine : IDisposable
{
    private readonly List<Process> _spinners =
    [
        .. Enumerable
            .Range(0, 2 * Environment.ProcessorCount)
            .Select(_ => Process.Start("setsid", ["sh", "-c", "while kill -0 $PPID; do :; done"])),
    ];

    public void Dispose()
    {
        foreach (var spinner in _spinners)
        {
            spinner.Kill();
            spinner.Dispose();
        }
    }
}
