using System.Net;
using Grader.Hosting;
using Grader.Sandboxing;

namespace Grader.Launching;

/// <summary>A submission's server, running and listening.</summary>
public sealed class Server : IAsyncDisposable
{
    // A runtime that starts is at work for longer in one piece than between two looks.
    private static readonly TimeSpan BackgroundTime = TimeSpan.FromMilliseconds(100);

    // On a busy machine a process that spins gets a processor now and then.
    private static readonly TimeSpan LongestBackgroundTime = TimeSpan.FromSeconds(2);

    private const int WaitLooks = 10;
    private static readonly TimeSpan BetweenWaitLooks = TimeSpan.FromMilliseconds(3);

    private static readonly TimeSpan PipeLimit = TimeSpan.FromSeconds(2);

    private readonly CommandTask _command;
    private readonly CancellationTokenSource _forceful;
    private readonly Confinement _confinement;
    private readonly Inmates? _inmates;
    private readonly TreeGuard? _guard;
    private HashSet<int> _background = [];

    internal Server(
        Host host,
        CommandTask command,
        CancellationTokenSource forceful,
        Output output,
        int assignedPort,
        Confinement confinement
    )
    {
        Host = host;
        Output = output;
        AssignedPort = assignedPort;
        _command = command;
        _forceful = forceful;
        _confinement = confinement;
        _inmates = confinement.HasKeepers ? new Inmates() : null;
        _guard = host.CanObserve
            ? new TreeGuard(FindProcesses, confinement.Memory, FindExcess, host.KillAllAsync)
            : null;
    }

    public Host Host { get; }

    public Output Output { get; }

    /// <summary>The port that it was asked to listen on.</summary>
    public int AssignedPort { get; }

    /// <summary>Where it does listen.</summary>
    public IPEndPoint Listens { get; internal set; } = new(IPAddress.None, 0);

    /// <summary>Whether it was seen to work on and on with nothing to do, so that nobody waits any more for it to rest.</summary>
    public bool IsRestless { get; internal set; }

    /// <summary>Where a client reaches it.</summary>
    public IPEndPoint Endpoint =>
        Listens.Address.Equals(IPAddress.Any) ? new(IPAddress.Loopback, Listens.Port)
        : Listens.Address.Equals(IPAddress.IPv6Any) ? new(IPAddress.IPv6Loopback, Listens.Port)
        : Listens;

    /// <summary>Whether no process of it is left: a daemon that outlives its parent still serves.</summary>
    public bool HasEnded =>
        Host.CanObserve
            ? !ProcessTable.Exists(_command.ProcessId) && Host.FindProcesses().Count == 0
            : _command.Task.IsCompleted;

    public bool IsListening => Host.FindListener(Listens) is not null;

    /// <summary>Why the grader ended it, "more than 512 MB of memory"; null when it did not.</summary>
    public string? Exceeded =>
        _guard?.Exceeded ?? (_confinement.HasRunOutOfMemory ? TreeGuard.DescribeMemory(_confinement.Memory) : null);

    /// <summary>What can be seen of its processes; where they cannot be looked into, it passes for asleep.</summary>
    public ProcessSample Sample() =>
        Host.CanObserve ? ProcessTable.Sample(FindProcesses()) : ProcessTable.SamplePlainly(_command.ProcessId);

    /// <summary>Likewise of those processes alone that may be at work for a client.</summary>
    /// <remarks>One that worked before any client came, and holds no connection of one that another holds, is not.</remarks>
    public ProcessSample SampleServing()
    {
        var sample = Sample();
        return _background.Count == 0 ? sample : sample.Without(FindAside());
    }

    /// <summary>Finds out which processes of a server that no client has come to yet are at work beside one that waits.</summary>
    public async Task FindBackgroundAsync(CancellationToken cancellationToken)
    {
        var first = Sample();
        var calm = new HashSet<int>();
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < LongestBackgroundTime)
        {
            await Task.Delay(BackgroundTime, cancellationToken);
            var now = Sample();
            var processes = now.Threads.Values.ToLookup(thread => thread.Process);
            // A thread that waits for a processor does not sleep: only one that slept is known to have nothing to do.
            calm.UnionWith(
                processes.Where(threads => threads.All(thread => thread.IsAsleep)).Select(threads => threads.Key)
            );
            var busy = processes.Select(threads => threads.Key).Except(calm).ToList();
            if (busy.Count == 0 || processes.Count == 1)
            {
                return;
            }

            if (calm.Count > 0 && busy.TrueForAll(process => HasWorked(process, first, now)))
            {
                _background = [.. busy];
                return;
            }
        }
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

    /// <summary>How many descriptors its processes hold open.</summary>
    public int CountDescriptors() => FindProcesses().Sum(ProcessTable.CountDescriptors);

    /// <summary>What Ctrl-C does at a terminal: SIGINT to all processes of the program.</summary>
    public void Interrupt()
    {
        var leader = _inmates?.FindFirst(Host.FindProcesses()) ?? _command.ProcessId;
        // The group is the server's own where it started in a session of its own.
        if (!Native.Signal(-Native.GroupOf(leader), Native.SignalInterrupt))
        {
            Native.Signal(leader, Native.SignalInterrupt);
        }
    }

    /// <summary>What ended it, in words.</summary>
    /// <param name="code">Its exit code.</param>
    public string DescribeEnd(int code) =>
        Exceeded is { } excess ? $"was ended by the grader: it had {excess}" : ExitCodes.Describe(code);

    /// <summary>Whether another program than the grader killed it.</summary>
    /// <param name="code">Its exit code.</param>
    public bool WasKilled(int code) => code == ExitCodes.Killed && Exceeded is null;

    /// <summary>The exit code of a server that has ended, once all that it wrote has been read; -1 where that never ends.</summary>
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

    /// <summary>Waits, once it is killed, until its port is free: a process closes its pipes before its listening socket.</summary>
    public async Task WaitForPortAsync(CancellationToken cancellationToken)
    {
        var start = TimeProvider.System.GetTimestamp();
        for (var look = 0; IsListening && TimeProvider.System.GetElapsedTime(start) < PipeLimit; look++)
        {
            await Pause.AfterLookAsync(look, cancellationToken);
        }
    }

    // What keeps it in its sandbox is no part of it.
    private IReadOnlyList<int> FindProcesses() =>
        _inmates is null ? Host.FindProcesses() : _inmates.Among(Host.FindProcesses());

    private string? FindExcess() =>
        _inmates is null ? _confinement.FindExcess()
        : Inmates.CountFiles(FindProcesses()) > Sandbox.MostFiles ? $"more than {Text.Count(Sandbox.MostFiles, "file")}"
        : null;

    private static bool HasWorked(int process, ProcessSample first, ProcessSample now) =>
        now.Without([.. now.Threads.Values.Select(thread => thread.Process).Where(other => other != process)])
            .WorkedSince(first)
        > BackgroundTime / 2;

    // A forked process inherits the listening socket, so that only what was accepted tells who serves.
    private List<int> FindAside()
    {
        var rows = Host.ReadSockets().Where(row => row.Inode != 0 && row.Local.Port == Listens.Port).ToList();
        var sockets = rows.Select(row => row.Inode).ToHashSet();
        var connections = rows.Where(row => row.State != SocketState.Listen).Select(row => row.Inode).ToHashSet();
        var isServedElsewhere = FindProcesses()
            .Except(_background)
            .Any(process => ProcessTable.ReadSocketInodes(process).Any(connections.Contains));
        return
        [
            .. _background.Where(process =>
                !ProcessTable.ReadSocketInodes(process).Any(isServedElsewhere ? connections.Contains : sockets.Contains)
            ),
        ];
    }

    // A process that has left the network may hold the pipes open for ever.
    private async Task WaitForPipesAsync()
    {
        await Task.WhenAny(_command.Task, Task.Delay(PipeLimit));
        if (!_command.Task.IsCompletedSuccessfully)
        {
            await _forceful.CancelAsync();
            await Task.WhenAny(_command.Task, Task.Delay(PipeLimit));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await Host.DisposeAsync();
        _forceful.Dispose();
    }
}
