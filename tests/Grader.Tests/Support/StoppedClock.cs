namespace Grader.Tests.Support;

/// <summary>A clock that moves when the test says so, with timers that strike then.</summary>
internal sealed class StoppedClock : TimeProvider
{
    private readonly List<Alarm> _alarms = [];
    private long _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public void Advance(TimeSpan time)
    {
        _now += time.Ticks;
        foreach (var alarm in _alarms.ToList())
        {
            alarm.StrikeUntil(_now);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(() => callback(state), _now + dueTime.Ticks, period.Ticks, _alarms);
        _alarms.Add(alarm);
        return alarm;
    }

    private sealed class Alarm(Action strike, long next, long period, List<Alarm> alarms) : ITimer
    {
        private long _next = next;

        public void StrikeUntil(long now)
        {
            for (; _next <= now; _next += period)
            {
                strike();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

        public void Dispose() => alarms.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
