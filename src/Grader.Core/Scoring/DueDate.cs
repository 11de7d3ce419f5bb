namespace Grader.Scoring;

/// <summary>How much is taken off what is handed in later than so long after it was due.</summary>
/// <param name="After">How long after; zero for whatever is late.</param>
/// <param name="Percent">Of the points that the checks earned, from 0 to 100.</param>
public sealed record LateRule(TimeSpan After, int Percent);

/// <summary>When an assignment is due, and what it costs to be late.</summary>
public sealed record DueDate(DateTimeOffset Due)
{
    /// <summary>In the order of their times; the last that applies is the one that counts.</summary>
    public IReadOnlyList<LateRule> Late { get; init; } = [];

    /// <summary>Students for whom it is due at another time.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Extensions { get; init; } =
        new Dictionary<string, DateTimeOffset>();

    /// <summary>The report with its time in the time zone of the due date, and with what lateness costs.</summary>
    internal Report Apply(Report report)
    {
        var due = Extensions.TryGetValue(report.Student, out var extended) ? extended : Due;
        if (report.HandIn is not { } handIn)
        {
            return report;
        }

        report = report with { HandIn = handIn with { At = Show(handIn.At, due.Offset) } };
        var by = handIn.At - due;
        if (by <= TimeSpan.Zero || report.Score is not { } score)
        {
            return report;
        }

        var percent = Late.LastOrDefault(rule => by > rule.After)?.Percent ?? 0;
        return report with
        {
            Score = Reduce(score, percent),
            Extra = Reduce(report.Extra, percent),
            Late = new Lateness(due, by, percent, score, report.Extra),
        };
    }

    // On the first and the last day of the calendar there may be no such hour there.
    private static DateTimeOffset Show(DateTimeOffset at, TimeSpan offset) =>
        at.UtcDateTime > DateTime.MinValue.AddDays(1) && at.UtcDateTime < DateTime.MaxValue.AddDays(-1)
            ? at.ToOffset(offset)
            : at;

    // Half a point is the student's.
    private static int Reduce(int points, int percent) =>
        (int)Math.Round(points * (100 - percent) / 100m, MidpointRounding.AwayFromZero);
}

/// <summary>What became of a report that was handed in late.</summary>
/// <param name="Due">When it was due for this student.</param>
/// <param name="By">How long after that it was handed in.</param>
/// <param name="Percent">What was taken off.</param>
/// <param name="Score">The points before.</param>
/// <param name="Extra">The bonus points before.</param>
public sealed record Lateness(DateTimeOffset Due, TimeSpan By, int Percent, int Score, int Extra);
