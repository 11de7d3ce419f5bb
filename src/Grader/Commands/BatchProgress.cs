using System.Globalization;
using Grader.Batch;
using Grader.Checks;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary>How far a batch has come: on a terminal at every moment, in a log once a minute.</summary>
/// <param name="all">How many submissions there are.</param>
/// <param name="status">Shows a line to whoever watches.</param>
/// <param name="log">Writes a line for whoever reads it later; null where somebody watches.</param>
/// <param name="time">Tells the time.</param>
internal sealed class BatchProgress(int all, Action<string> status, Action<string>? log, TimeProvider time)
{
    private static readonly TimeSpan BetweenSummaries = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<Work, string> _running = [];
    private readonly long _start = time.GetTimestamp();
    private int _kept;
    private int _graded;
    private int _failed;
    private int _errors;

    /// <summary>Begins to write summaries, until it is disposed.</summary>
    public IDisposable Begin()
    {
        Show();
        return time.CreateTimer(
            _ => log?.Invoke(Describe(showsRunning: false)),
            state: null,
            BetweenSummaries,
            BetweenSummaries
        );
    }

    /// <summary>A result of an earlier run still holds.</summary>
    public void Keep(Report report)
    {
        lock (_lock)
        {
            _kept++;
            Count(report);
        }

        Show();
    }

    public void Start(Work work)
    {
        lock (_lock)
        {
            _running[work] = "starting";
        }

        Show();
    }

    public void Run(Work work, Check check)
    {
        lock (_lock)
        {
            _running[work] = check.Id;
        }

        Show();
    }

    public void Finish(Work work, Report report)
    {
        lock (_lock)
        {
            _running.Remove(work);
            _graded++;
            Count(report);
        }

        Show();
    }

    /// <summary>"12 of 100 done (3 lost points, 1 not graded), 84 waiting, about 4 min left; now anna (unicode)".</summary>
    internal string Describe(bool showsRunning)
    {
        lock (_lock)
        {
            var done = _kept + _graded;
            string[] bad =
            [
                .. _failed > 0 ? [$"{_failed} lost points"] : Array.Empty<string>(),
                .. _errors > 0 ? [$"{_errors} not graded"] : Array.Empty<string>(),
            ];
            string[] parts =
            [
                $"{done} of {all} done{(bad.Length > 0 ? $" ({string.Join(", ", bad)})" : "")}",
                .. !showsRunning && _running.Count > 0 ? [$"{_running.Count} running"] : Array.Empty<string>(),
                .. all - done - _running.Count is > 0 and var waiting ? [$"{waiting} waiting"] : Array.Empty<string>(),
                .. TimeLeft() is { } left ? [$"about {left} left"] : Array.Empty<string>(),
            ];
            return string.Join(", ", parts) + (showsRunning && _running.Count > 0 ? $"; now {TellSome()}" : "");
        }
    }

    private void Show() => status(Describe(showsRunning: true));

    private void Count(Report report)
    {
        _errors += report.Outcome == Grade.Error ? 1 : 0;
        _failed += report.Score < report.MaxScore ? 1 : 0;
    }

    // As long for each as for those before; what runs already is taken for half done.
    private string? TimeLeft()
    {
        const int Enough = 3;
        if (_graded < Enough)
        {
            return null;
        }

        var left = time.GetElapsedTime(_start) / _graded * (all - _kept - _graded - (_running.Count / 2.0));
        return left <= TimeSpan.Zero ? null
            : left < TimeSpan.FromMinutes(2) ? $"{Math.Ceiling(left.TotalSeconds)} s"
            : left < TimeSpan.FromHours(2) ? $"{Math.Ceiling(left.TotalMinutes)} min"
            : string.Create(CultureInfo.InvariantCulture, $"{left.TotalHours:0.0} h");
    }

    // Many may wait at the same time for servers that sleep.
    private string TellSome()
    {
        const int Most = 4;
        var some = string.Join(
            ", ",
            _running.Take(Most).Select(pair => $"{Text.Printable(pair.Key.Student)} ({pair.Value})")
        );
        return _running.Count > Most ? $"{some} and {_running.Count - Most} more" : some;
    }
}
