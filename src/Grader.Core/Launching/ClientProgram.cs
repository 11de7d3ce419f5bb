using Grader.Hosting;

namespace Grader.Launching;

/// <summary>A submission's client that runs, against a server of ours.</summary>
public sealed class ClientProgram : StudentProgram
{
    private readonly TaskCompletionSource? _input;

    /// <param name="host">Its network.</param>
    /// <param name="started">What was started.</param>
    /// <param name="port">The port on which our server listens.</param>
    /// <param name="input">Ends its standard input; null where that has ended.</param>
    internal ClientProgram(Host host, Started started, int port, TaskCompletionSource? input)
        : base(host, started)
    {
        Port = port;
        _input = input;
    }

    /// <summary>Whether its standard input has not come to its end.</summary>
    internal bool HasInput => _input is { Task.IsCompleted: false };

    /// <summary>Says that no more lines will come.</summary>
    internal void EndInput()
    {
        // It is about to run again.
        Sleep = null;
        _input?.TrySetResult();
    }

    /// <summary>Whether it has an exit code, whatever it has left behind.</summary>
    public override bool HasExited => base.HasExited || (!Host.CanObserve && !ProcessTable.ExistsPlainly(ProcessId));

    /// <summary>The port on which our server listens.</summary>
    public override int Port { get; }

    /// <summary>The submission's own server, where it is that one which it talks with.</summary>
    internal Server? Partner { get; init; }

    /// <summary>Whoever of the two is at work, the other one waits for.</summary>
    public override ProcessSample SampleServing() =>
        Partner is null ? Sample() : Sample().With(Partner.SampleServing());

    internal override int? FindClientPort(SocketRow row) =>
        row.Local.Port == Port && row.State != SocketState.Listen ? row.Remote.Port : null;

    // It has connected, or its partner has spoken, and we have not come to it.
    internal override bool AwaitsGrader(IReadOnlyList<SocketRow> rows) =>
        rows.Any(row => row.Local.Port == Port && row.State == SocketState.Listen && row.ReceiveQueue > 0)
        || Partner?.Host.ReadSockets().Any(row => Partner.FindClientPort(row) is not null && row.ReceiveQueue > 0)
            == true;
}
