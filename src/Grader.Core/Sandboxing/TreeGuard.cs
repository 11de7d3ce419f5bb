using System.Globalization;
using Grader.Hosting;

namespace Grader.Sandboxing;

/// <summary>Watches what all processes of a program hold together, and ends them when that is too much.</summary>
/// <remarks>What the kernel bounds for each process alone, or for each file alone, a program gets round by making more.</remarks>
internal sealed class TreeGuard : IAsyncDisposable
{
    // At a gigabyte a second so little more than the limit can be had meanwhile.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    // Whoever makes too many processes has as many threads.
    private static readonly string TooManyThreads = string.Create(
        CultureInfo.InvariantCulture,
        $"more than {Sandbox.MostThreads:N0} processes and threads"
    );

    private readonly Func<IReadOnlyList<int>> _processes;
    private readonly Func<IReadOnlyList<int>, string?> _scratch;
    private readonly Func<Task> _end;
    private readonly long _memory;
    private readonly CancellationTokenSource _done = new();
    private readonly Task _loop;

    /// <param name="processes">Finds the processes of the program.</param>
    /// <param name="memory">Bytes that they may hold together.</param>
    /// <param name="scratch">Says what some of them have too much of on disk; null for nothing.</param>
    /// <param name="end">Ends them.</param>
    public TreeGuard(
        Func<IReadOnlyList<int>> processes,
        long memory,
        Func<IReadOnlyList<int>, string?> scratch,
        Func<Task> end
    )
    {
        _processes = processes;
        _memory = memory;
        _scratch = scratch;
        _end = end;
        _loop = LoopAsync();
    }

    /// <summary>What they had too much of: "more than 512 MB of memory"; null while they keep within bounds.</summary>
    public string? Exceeded { get; private set; }

    public static string DescribeMemory(long bytes) => $"more than {Text.Size(bytes)} of memory";

    /// <summary>Ends the watch, and says what it found; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_loop.IsCompleted)
        {
            await _done.CancelAsync();
        }

        await _loop;
        _done.Dispose();
    }

    private async Task LoopAsync()
    {
        using var timer = new PeriodicTimer(Tick);
        try
        {
            while (Exceeded is null && await timer.WaitForNextTickAsync(_done.Token))
            {
                var processes = _processes();
                Exceeded =
                    processes.Sum(ProcessTable.CountThreads) > Sandbox.MostThreads ? TooManyThreads
                    : HoldTooMuch(processes) ? DescribeMemory(_memory)
                    : _scratch(processes);
            }
        }
        catch (OperationCanceledException)
        {
            return;
        }

        await _end();
    }

    // Pages that a fork shares with its parent count for both in the one number, and half for each in the other,
    // which is dear to read.
    private bool HoldTooMuch(IReadOnlyList<int> processes) =>
        processes.Sum(ProcessTable.ReadMemory) > _memory && processes.Sum(ProcessTable.ReadShareOfMemory) > _memory;
}
