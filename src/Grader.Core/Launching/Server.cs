using System.Net;
using Grader.Hosting;

namespace Grader.Launching;

/// <summary>A submission's server, running and listening.</summary>
public sealed class Server : IAsyncDisposable
{
    private static readonly TimeSpan PipeLimit = TimeSpan.FromSeconds(2);

    private readonly CommandTask _command;
    private readonly CancellationTokenSource _forceful;

    internal Server(Host host, CommandTask command, CancellationTokenSource forceful, Output output, int assignedPort)
    {
        Host = host;
        Output = output;
        AssignedPort = assignedPort;
        _command = command;
        _forceful = forceful;
    }

    public Host Host { get; }

    public Output Output { get; }

    /// <summary>The port that it was asked to listen on.</summary>
    public int AssignedPort { get; }

    /// <summary>Where it does listen.</summary>
    public IPEndPoint Listens { get; internal set; } = new(IPAddress.None, 0);

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

    public bool IsListening => Host.ReadListeners().Any(row => row.Local.Equals(Listens));

    /// <summary>What can be seen of its processes; where they cannot be looked into, it passes for asleep.</summary>
    public ProcessSample Sample() =>
        Host.CanObserve ? ProcessTable.Sample(Host.FindProcesses()) : ProcessTable.SamplePlainly(_command.ProcessId);

    /// <summary>How many descriptors its processes hold open.</summary>
    public int CountDescriptors() => Host.FindProcesses().Sum(ProcessTable.CountDescriptors);

    /// <summary>What Ctrl-C does at a terminal: SIGINT to all processes of the program.</summary>
    public void Interrupt()
    {
        // The group is the server's own where it started in a session of its own.
        if (!Native.Signal(-_command.ProcessId, Native.SignalInterrupt))
        {
            Native.Signal(_command.ProcessId, Native.SignalInterrupt);
        }
    }

    /// <summary>The exit code of a server that has ended, once all that it wrote has been read; -1 where that never ends.</summary>
    public async Task<int> GetExitCodeAsync()
    {
        await WaitForPipesAsync();
        return _command.Task.IsCompletedSuccessfully ? _command.Task.Result.ExitCode : -1;
    }

    /// <summary>Ends every process of it; its network stays.</summary>
    public async Task KillAsync()
    {
        await Host.KillAllAsync();
        if (!Host.CanObserve)
        {
            await _forceful.CancelAsync();
        }

        await WaitForPipesAsync();
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
