using System.Diagnostics;

namespace Grader.Assignments.Tests;

/// <summary>Twice as many spinning processes as there are cores, until it is disposed.</summary>
internal sealed class BusyMachine : IDisposable
{
    private readonly List<Process> _spinners =
    [
        .. Enumerable
            .Range(0, 2 * Environment.ProcessorCount)
            .Select(_ => Process.Start("sh", ["-c", "while :; do :; done"])),
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
