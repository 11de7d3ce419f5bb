using Grader.Hosting;
using Grader.Sandboxing;

namespace Grader.Launching;

/// <summary>A program of a submission that runs, with every process that it started.</summary>
public abstract class StudentProgram : IAsyncDisposable
{
    // No program is left alone for longer than that because a look at it is dear.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    private const int WaitLooks = 10;
    private static readonly TimeSpan BetweenWaitLooks = TimeSpan.FromMilliseconds(3);

    private readonly CommandTask _command;
    private readonly CancellationTokenSource _forceful;
    private readonly Confinement _confinement;
    private readonly Inmates? _inmates;
    private readonly TreeGuard? _guard;

    private protected StudentProgram(Host host, Started started)
    {
        Host = host;
        Output = started.Output;
        _command = started.Command;
        _forceful = started.Forceful;
        _confinement = started.Confinement;
        _inmates = _confinement.HasKeepers ? new Inmates() : null;
        _guard = host.CanObserve
            ? new TreeGuard(FindProcesses, _confinement.Memory, FindExcess, host.KillAllAsync)
            : null;
    }

    public Host Host { get; }

    public Output Output { get; }

    /// <summary>The port at which it meets the grader.</summary>
    public abstract int Port { get; }

    /// <summary>Whether it was seen to work on and on with nothing to do, so that nobody waits any more for it to rest.</summary>
    public bool IsRestless { get; internal set; }

    /// <summary>The sleep in which it was found last; null before that.</summary>
    public Sleep? Sleep { get; internal set; }

    /// <summary>
    /// How long to leave it alone before it is looked at: one with hundreds of threads, or a busy machine, is given the
    /// time that a look takes, in which most of what is waited for happens.
    /// </summary>
    public TimeSpan PauseBeforeLook { get; private set; }

    /// <summary>Whether what was started has ended; what that has started may go on.</summary>
    // Where no other process of it can be seen, whoever holds its output may be a daemon that serves.
    public virtual bool HasExited => Host.CanObserve ? !ProcessTable.Exists(ProcessId) : _command.Task.IsCompleted;

    /// <summary>Whether no process of it is left: a daemon that outlives its parent still serves.</summary>
    public bool HasEnded => HasExited && Host.FindProcesses().Count == 0;

    /// <summary>Why the grader ended it, "more than 512 MB of memory"; null when it did not.</summary>
    public string? Exceeded =>
        _guard?.Exceeded ?? (_confinement.HasRunOutOfMemory ? TreeGuard.DescribeMemory(_confinement.Memory) : null);

    /// <summary>What can be seen of its processes; where they cannot be looked into, it passes for asleep.</summary>
    public ProcessSample Sample() =>
        Host.CanObserve ? ProcessTable.Sample(FindProcesses()) : ProcessTable.SamplePlainly(ProcessId);

    /// <summary>Likewise of those processes alone that may be at work for the other side.</summary>
    public virtual ProcessSample SampleServing() => Sample();

    /// <summary>Likewise, and finds out how long a look takes.</summary>
    internal ProcessSample SampleTimed()
    {
        var start = TimeProvider.System.GetTimestamp();
        var sample = SampleServing();
        var took = TimeProvider.System.GetElapsedTime(start);
        PauseBeforeLook = took < LongestPause ? took : LongestPause;
        return sample;
    }

    /// <summary>The call that it sleeps in, such as "recv"; null where that cannot be seen.</summary>
    public async Task<string?> DescribeWaitAsync(CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>();
        // One that wakes for moments sleeps in several calls by turns.
        for (var look = 0; Host.CanObserve && look < WaitLooks; look++)
        {
            seen.UnionWith(SystemCalls.Find(FindProcesses()));
            await Task.Delay(BetweenWaitLooks, cancellationToken);
        }

        return SystemCalls.ChooseMostTelling(seen);
    }

    /// <summary>Resident bytes of its processes that belong to no file.</summary>
    public long ReadMemory() => FindProcesses().Sum(ProcessTable.ReadMemory);

    /// <summary>How many of those it may have before it is ended.</summary>
    public long MostMemory => _confinement.Memory;

    /// <summary>How many descriptors its processes hold open.</summary>
    public int CountDescriptors() => FindProcesses().Sum(ProcessTable.CountDescriptors);

    /// <summary>What ended it, in words.</summary>
    /// <param name="code">Its exit code.</param>
    public string DescribeEnd(int code) =>
        Exceeded is { } excess ? $"was ended by the grader: it had {excess}" : ExitCodes.Describe(code);

    /// <summary>Whether another program than the grader killed it.</summary>
    /// <param name="code">Its exit code.</param>
    public bool WasKilled(int code) => code == ExitCodes.Killed && Exceeded is null;

    /// <summary>The exit code of one that has ended, once all that it wrote has been read; -1 where that never ends.</summary>
    public async Task<int> GetExitCodeAsync()
    {
        await WaitForPipesAsync();
        return _command.Task.IsCompletedSuccessfully ? _command.Task.Result.ExitCode : -1;
    }

    /// <summary>Ends every process of it; its network stays.</summary>
    public async Task KillAsync()
    {
        if (_guard is not null)
        {
            await _guard.DisposeAsync();
        }

        await Host.KillAllAsync();
        if (!Host.CanObserve)
        {
            await _forceful.CancelAsync();
        }

        await WaitForPipesAsync();
        _confinement.End();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await Host.DisposeAsync();
        _forceful.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The client's port of a connection, if a socket is the grader's side of one; else null.</summary>
    internal abstract int? FindClientPort(SocketRow row);

    /// <summary>Whether it waits for something that the grader has not done yet, other than on a connection.</summary>
    internal virtual bool AwaitsGrader(IReadOnlyList<SocketRow> rows) => false;

    /// <summary>The id of the process that was started.</summary>
    private protected int ProcessId => _command.ProcessId;

    /// <summary>How long the pipes of one that has ended may stay open.</summary>
    protected static TimeSpan PipeLimit { get; } = TimeSpan.FromSeconds(2);

    /// <summary>What keeps it in its sandbox is no part of it.</summary>
    private protected IReadOnlyList<int> FindProcesses() =>
        _inmates is null ? Host.FindProcesses() : _inmates.Among(Host.FindProcesses());

    /// <summary>The first process of the program itself.</summary>
    private protected int FindLeader() => _inmates?.FindFirst(Host.FindProcesses()) ?? ProcessId;

    private string? FindExcess(IReadOnlyList<int> processes) =>
        _inmates is null ? _confinement.FindExcess()
        : Inmates.CountFiles(processes) > Sandbox.MostFiles ? $"more than {Text.Count(Sandbox.MostFiles, "file")}"
        : null;

    // A process that has left the network may hold the pipes open for ever.
    private async Task WaitForPipesAsync()
    {
        await WaitAsync();
        Output.LeaveOff();
        await WaitAsync();
        if (!_command.Task.IsCompletedSuccessfully)
        {
            await _forceful.CancelAsync();
            await WaitAsync();
        }

        async Task WaitAsync()
        {
            // By a wall clock, what was read too late on a machine that stood still would be a program's fault.
            var clock = new FairClock(PipeLimit, TimeProvider.System);
            while (
                clock.Verdict is null && await Task.WhenAny(_command.Task, Task.Delay(FairClock.Tick)) != _command.Task
            )
            {
                clock.Count(sample: null);
            }
        }
    }
}
