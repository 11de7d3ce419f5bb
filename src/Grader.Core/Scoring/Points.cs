namespace Grader.Scoring;

/// <summary>What a check is worth.</summary>
public sealed record Worth(int Points, bool IsExtra);

/// <summary>The one place where points are added.</summary>
public static class Points
{
    /// <summary>Fills in what an assignment's checks are worth together, before any has run.</summary>
    public static Report SetMaximum(Report report, IEnumerable<Worth> worths)
    {
        var all = worths.ToList();
        return report with
        {
            MaxScore = all.Where(worth => !worth.IsExtra).Sum(worth => worth.Points),
            MaxExtra = all.Where(worth => worth.IsExtra).Sum(worth => worth.Points),
        };
    }

    /// <summary>Sums what a report's checks earned; a report with an error has no score.</summary>
    public static Report Total(Report report) =>
        report.Outcome == Grade.Error
            ? report with
            {
                Score = null,
                Extra = 0,
            }
            : report with
            {
                Score = report.Checks.Where(check => !check.Extra).Sum(check => check.Points),
                Extra = report.Checks.Where(check => check.Extra).Sum(check => check.Points),
            };
}
