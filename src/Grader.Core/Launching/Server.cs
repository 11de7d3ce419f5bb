using System.Net;
using Grader.Hosting;

namespace Grader.Launching;

/// <summary>A submission's server, running and listening.</summary>
public sealed class Server : IAsyncDisposable
{
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

    public ProcessSample Sample() => ProcessTable.Sample(Host.FindProcesses());

    /// <summary>How many sockets its processes hold open.</summary>
    public int CountSockets() => Host.FindProcesses().Sum(process => ProcessTable.ReadSocketInodes(process).Count);

    /// <summary>What Ctrl-C does at a terminal: SIGINT to all processes of the program.</summary>
    public void Interrupt()
    {
        // The group is the server's own where it started in a session of its own.
        if (!Native.Signal(-_command.ProcessId, Native.SignalInterrupt))
        {
            Native.Signal(_command.ProcessId, Native.SignalInterrupt);
        }
    }

    /// <summary>The exit code of a server that has ended, once all that it wrote has been read.</summary>
    public async Task<int> GetExitCodeAsync() => (await _command.Task).ExitCode;

    /// <summary>Ends every process of it; its network stays.</summary>
    public async Task KillAsync()
    {
        await Host.KillAllAsync();
        if (!Host.CanObserve)
        {
            await _forceful.CancelAsync();
        }

        try
        {
            await _command.Task.WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            // Its pipes are held open from outside its network; what it writes is read no longer.
            await _forceful.CancelAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await Host.DisposeAsync();
        _forceful.Dispose();
    }
}
