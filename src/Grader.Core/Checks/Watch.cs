using System.Collections.Concurrent;
using Grader.Hosting;
using Grader.Launching;

namespace Grader.Checks;

/// <summary>Why waiting for a server came to an end.</summary>
public enum Finding
{
    /// <summary>No byte moved and every thread of the server slept for the stall time.</summary>
    Stalled,

    /// <summary>No byte moved while the server used a great deal of processor time.</summary>
    Busy,

    /// <summary>The check's limit struck.</summary>
    Limit,
}

/// <summary>Judges, while a check waits, whether the server can still be expected to answer. All judgement of time is here.</summary>
public sealed class Watch : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(25);

    // A SYN that a full backlog dropped is sent again after one second.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan BusyTime = TimeSpan.FromSeconds(5);

    // Where threads cannot be seen, a server that uses no processor time may still be at work, on its disk for one.
    private const int PlainFactor = 3;

    private readonly Func<Server?> _server;
    private readonly Limits _limits;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end;
    private readonly Task _loop;
    private readonly ConcurrentDictionary<int, bool> _receiving = new();
    private long _moved;
    private int _waiting;
    private int _connecting;

    public Watch(Func<Server?> server, Limits limits, TimeProvider time, CancellationToken cancellationToken)
    {
        _server = server;
        _limits = limits;
        _time = time;
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _end.Token;
        _loop = LoopAsync();
    }

    /// <summary>Ends every wait of the check once there is a finding.</summary>
    public CancellationToken Token { get; }

    public Finding? Finding { get; private set; }

    /// <summary>A byte moved: the server's time starts anew.</summary>
    public void Moved() => Interlocked.Increment(ref _moved);

    /// <summary>The check waits for the server until the result is disposed.</summary>
    public IDisposable Wait() =>
        new Waiting(() => Interlocked.Increment(ref _waiting), () => Interlocked.Decrement(ref _waiting));

    /// <summary>The check waits for bytes at the client's port; once they are there, the wait is ours.</summary>
    public IDisposable WaitToReceive(int port)
    {
        var wait = Wait();
        return new Waiting(
            () => _receiving.TryAdd(port, true),
            () =>
            {
                _receiving.TryRemove(port, out _);
                wait.Dispose();
            }
        );
    }

    /// <summary>The check waits for a connection, which a full backlog may delay.</summary>
    public IDisposable WaitToConnect()
    {
        var wait = Wait();
        return new Waiting(
            () => Interlocked.Increment(ref _connecting),
            () =>
            {
                Interlocked.Decrement(ref _connecting);
                wait.Dispose();
            }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _end.Dispose();
    }

    private async Task LoopAsync()
    {
        var state = new State();
        var start = _time.GetTimestamp();
        using var timer = new PeriodicTimer(Tick, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                Finding = _time.GetElapsedTime(start) >= _limits.Check ? Checks.Finding.Limit : Judge(state);
                if (Finding is not null)
                {
                    await _end.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The check is over.
        }
        catch
        {
            // A check without its watch would wait for ever.
            await _end.CancelAsync();
            throw;
        }
    }

    private Finding? Judge(State state)
    {
        var now = _time.GetTimestamp();
        // Our own sleep may have been longer than a tick on a busy machine; that is not the server's time.
        var passed = _time.GetElapsedTime(state.LastTick, now);
        passed = passed < 2 * Tick ? passed : 2 * Tick;
        state.LastTick = now;
        var moved = Interlocked.Read(ref _moved);
        if (Volatile.Read(ref _waiting) == 0 || moved != state.Moved || _server() is not { } server)
        {
            state.Restart(moved);
            return null;
        }

        var sample = server.Sample();
        var port = server.Endpoint.Port;
        var rows = server.Host.ReadSockets().Where(row => row.Local.Port == port || row.Remote.Port == port).ToList();
        var queues = rows.Sum(row => row.ReceiveQueue + row.SendQueue);
        // The reply is here, and only our own reader has not come to it yet.
        var isOurs = rows.Exists(row => row.ReceiveQueue > 0 && _receiving.ContainsKey(row.Local.Port));
        if (state.Sample is not { } last || queues != state.Queues || isOurs)
        {
            state.Sample = sample;
            state.Busy = TimeSpan.Zero;
            state.Queues = queues;
            state.Asleep = TimeSpan.Zero;
            return null;
        }

        // Helper threads of a runtime wake for microseconds now and then; that is not work on an answer.
        if (sample.LoadSince(last, passed) > 0.2)
        {
            state.Asleep = TimeSpan.Zero;
        }
        else if (sample.IsAsleep)
        {
            // A thread that waits for a processor, on a busy machine for most of the time, is not asleep.
            var waited = sample.LongestWaitSince(last);
            state.Asleep += waited < passed ? passed - waited : TimeSpan.Zero;
        }

        state.Sample = sample;
        // On many cores, many spinning processes are still one server.
        var worked = sample.Worked - last.Worked;
        state.Busy += worked < passed ? worked : passed;
        var stall = server.Host.CanObserve ? _limits.Stall : PlainFactor * _limits.Stall;
        var patience = stall + (Volatile.Read(ref _connecting) > 0 ? Retry : TimeSpan.Zero);
        return state.Asleep >= patience ? Checks.Finding.Stalled
            : state.Busy >= BusyTime ? Checks.Finding.Busy
            : null;
    }

    private sealed class State
    {
        public long LastTick { get; set; }

        public long Moved { get; private set; }

        public TimeSpan Asleep { get; set; }

        public long Queues { get; set; }

        public ProcessSample? Sample { get; set; }

        public TimeSpan Busy { get; set; }

        public void Restart(long moved)
        {
            Moved = moved;
            Asleep = TimeSpan.Zero;
            Sample = null;
        }
    }

    private sealed class Waiting : IDisposable
    {
        private readonly Action _leave;

        public Waiting(Action enter, Action leave)
        {
            _leave = leave;
            enter();
        }

        public void Dispose() => _leave();
    }
}
