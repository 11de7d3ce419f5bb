using System.Collections.Concurrent;
using Grader.Hosting;
using Grader.Launching;

namespace Grader.Checks;

/// <summary>Why waiting for a program came to an end.</summary>
public enum Finding
{
    /// <summary>No byte moved and every thread of the server slept for the stall time.</summary>
    Stalled,

    /// <summary>No byte moved while the server used a great deal of processor time.</summary>
    Busy,

    /// <summary>It was still at it when the check's limit struck.</summary>
    Slow,

    /// <summary>The machine was too busy for any of these to be said of the server; an error of ours.</summary>
    Starved,
}

/// <summary>Judges, while a check waits, whether a program can still be expected to do something. All judgement of time is here.</summary>
public sealed class Watch : IAsyncDisposable
{
    // A SYN that a full backlog dropped is sent again after one second.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1.5);

    // Who has slept for so long uses no processor meanwhile, and mostly goes on to sleep until a stall is found.
    private static readonly TimeSpan RestTime = 4 * FairClock.Tick;

    // Looks cost the machine more than whoever rests does.
    private static readonly TimeSpan RestTick = 2 * FairClock.Tick;

    // Helper threads of a runtime wake for moments; what they may do between two looks is not work on an answer.
    private static readonly TimeSpan HelperTime = FairClock.Tick / 5;

    private static readonly TimeSpan BusyTime = TimeSpan.FromSeconds(5);

    // Where threads cannot be seen, a server that uses no processor time may still be at work, on its disk for one.
    private const int PlainFactor = 3;

    private readonly Func<StudentProgram?> _program;
    private readonly Limits _limits;
    private readonly FairClock _clock;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _end;
    private readonly Task _loop;
    private readonly ConcurrentDictionary<int, bool> _receiving = new();
    private readonly ConcurrentDictionary<int, bool> _sending = new();
    private long _moved;
    private int _waiting;
    private int _connecting;

    public Watch(
        Func<StudentProgram?> program,
        Limits limits,
        FairClock clock,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        _program = program;
        _limits = limits;
        _clock = clock;
        _time = time;
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _end.Token;
        _loop = LoopAsync();
    }

    /// <summary>Ends every wait of the check once there is a finding.</summary>
    public CancellationToken Token { get; }

    public Finding? Finding { get; private set; }

    /// <summary>The time in which the server could have run, which goes on only while it is watched.</summary>
    public FairTime Now => _clock.Now;

    /// <summary>A byte moved: the server's time starts anew.</summary>
    public void Moved() => Interlocked.Increment(ref _moved);

    /// <summary>The check waits for the server until the result is disposed.</summary>
    public IDisposable Wait() =>
        new Waiting(() => Interlocked.Increment(ref _waiting), () => Interlocked.Decrement(ref _waiting));

    /// <summary>The check waits for bytes at the client's port; once they are there, the wait is ours.</summary>
    public IDisposable WaitToReceive(int port) =>
        Wait(() => _receiving.TryAdd(port, true), () => _receiving.TryRemove(port, out _));

    /// <summary>The check waits for room to send from the client's port; once it is there, the wait is ours.</summary>
    public IDisposable WaitToSend(int port) =>
        Wait(() => _sending.TryAdd(port, true), () => _sending.TryRemove(port, out _));

    /// <summary>The check waits for a connection, which a full backlog may delay; once it is made, the wait is ours.</summary>
    public IDisposable WaitToConnect() =>
        Wait(() => Interlocked.Increment(ref _connecting), () => Interlocked.Decrement(ref _connecting));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _loop;
        _end.Dispose();
    }

    private Waiting Wait(Action enter, Action leave)
    {
        var wait = Wait();
        return new Waiting(
            enter,
            () =>
            {
                leave();
                wait.Dispose();
            }
        );
    }

    private async Task LoopAsync()
    {
        var state = new State();
        var start = _clock.Start();
        using var timer = new PeriodicTimer(FairClock.Tick, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_end.Token))
            {
                var finding = Judge(state, timer.Period);
                var rests = state.Asleep >= RestTime;
                timer.Period = rests ? RestTick : FairClock.Tick;
                _clock.Rests?.Invoke(rests);
                Finding =
                    finding
                    ?? _clock.Judge(start, _limits.Check) switch
                    {
                        LimitVerdict.Struck => Checks.Finding.Slow,
                        LimitVerdict.Starved => Checks.Finding.Starved,
                        _ => null,
                    };
                if (Finding is not null || _clock.Verdict is not null)
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
        finally
        {
            _clock.Rests?.Invoke(false);
        }
    }

    private Finding? Judge(State state, TimeSpan tick)
    {
        if (_program() is not { } program)
        {
            // Who starts the next one counts.
            state.Restart(Interlocked.Read(ref _moved));
            return null;
        }

        if (Volatile.Read(ref _waiting) == 0)
        {
            _clock.Count(program.SampleServing());
            state.Restart(Interlocked.Read(ref _moved));
            return null;
        }

        var before = _clock.Now.Fair;
        var sample = program.SampleServing();
        _clock.Count(sample);
        var fair = _clock.Now.Fair - before;
        var now = _time.GetTimestamp();
        var passed = _time.GetElapsedTime(state.LastTick, now);
        state.LastTick = now;
        var moved = Interlocked.Read(ref _moved);
        if (moved != state.Moved)
        {
            state.Restart(moved);
            return null;
        }

        state.Count(sample, fair, passed, tick);
        var stall = program.Host.CanObserve ? _limits.Stall : PlainFactor * _limits.Stall;
        var patience = stall + (Volatile.Read(ref _connecting) > 0 ? Retry : TimeSpan.Zero);
        Finding? finding =
            state.Asleep >= patience ? Checks.Finding.Stalled
            : state.Busy >= BusyTime ? Checks.Finding.Busy
            : null;
        // Whoever rests does nothing to its sockets, and before anything is said of it they are looked at again.
        if (finding is null && state.Asleep >= RestTime)
        {
            return null;
        }

        var port = program.Port;
        var rows = program.Host.ReadSockets().Where(row => row.Local.Port == port || row.Remote.Port == port).ToList();
        var queues = rows.Sum(row => row.ReceiveQueue + row.SendQueue);
        if (queues != state.Queues || (program.Host.CanObserve && !IsItsTurn(program, rows)))
        {
            state.Queues = queues;
            state.Rouse();
            return null;
        }

        // Whoever looks at a busy machine looks for long: what is waited for may have come meanwhile.
        return moved != Interlocked.Read(ref _moved) || Volatile.Read(ref _waiting) == 0 ? null : finding;
    }

    // On a busy machine what the check waits for may have come, and the grader not to it; or the kernel not to what was sent.
    private bool IsItsTurn(StudentProgram program, List<SocketRow> rows)
    {
        var clients = rows.ToLookup(program.FindClientPort);
        // TIME-WAIT: the end of the connection has come, and the kernel no longer tells what stands before it.
        return !program.AwaitsGrader(rows)
            && _receiving.Keys.All(client =>
                clients[client].Any(row => row.ReceiveQueue == 0 && row.State != SocketState.TimeWait)
            )
            && _sending.Keys.All(client => clients[client].Any(row => row.SendQueue > 0))
            && Volatile.Read(ref _connecting) <= rows.Count(row => row.State == SocketState.SynSent)
            && !rows.Exists(row =>
                row.AwaitsAcknowledgement
                && row.IsDeliveringTo(
                    rows.Find(other => other.Local.Equals(row.Remote) && other.Remote.Equals(row.Local))
                )
            );
    }

    private sealed class State
    {
        private ProcessSample? _last;

        public long LastTick { get; set; }

        public long Moved { get; private set; }

        public long Queues { get; set; }

        /// <summary>For how long the program has slept since something happened.</summary>
        public TimeSpan Asleep { get; private set; }

        /// <summary>The processor time that it used since.</summary>
        public TimeSpan Busy { get; private set; }

        public void Restart(long moved)
        {
            Moved = moved;
            _last = null;
            Rouse();
        }

        public void Rouse() => (Asleep, Busy) = (TimeSpan.Zero, TimeSpan.Zero);

        /// <summary>Counts what it did since the last look; the first one only begins.</summary>
        public void Count(ProcessSample sample, TimeSpan fair, TimeSpan passed, TimeSpan tick)
        {
            if (_last is not null)
            {
                if (sample.LoadSince(_last, passed) * tick > HelperTime)
                {
                    Asleep = TimeSpan.Zero;
                }
                else if (sample.IsAsleep)
                {
                    // A thread that waits for a processor, on a busy machine for most of the time, is not asleep.
                    Asleep += fair;
                }

                // On many cores, many spinning processes are still one server.
                var worked = sample.WorkedSince(_last);
                Busy += worked < passed ? worked : passed;
            }

            _last = sample;
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
