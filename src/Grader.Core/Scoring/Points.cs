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

    /// <summary>Whether a report tells of the checks of a suite, of each once and of no others.</summary>
    public static bool IsOfSuite(Report report, Assignment assignment) =>
        report
            .Checks.Select(check => check.Id)
            .Order()
            .SequenceEqual(assignment.Checks.Select(check => check.Id).Order());

    /// <summary>Gives a stored report the points of now; what its checks found stays as it is.</summary>
    public static Report Rescore(Report report, Assignment assignment, GradingOptions options)
    {
        var worths = assignment.Checks.ToDictionary(check => check.Id, check => options.WorthOf(assignment, check));
        foreach (var check in report.Checks.Where(check => check.Unavailable && worths.ContainsKey(check.Id)))
        {
            worths[check.Id] = worths[check.Id] with { Points = 0 };
        }

        CheckReport Rescore(CheckReport check) =>
            worths.TryGetValue(check.Id, out var worth)
                ? check with
                {
                    Points = options.Earn(check.Outcome, worth),
                    MaxPoints = worth.Points,
                    Extra = worth.IsExtra,
                }
                : check;
        return Total(SetMaximum(report with { Checks = [.. report.Checks.Select(Rescore)] }, worths.Values), options);
    }

    /// <summary>Sums what a report's checks earned, less what lateness costs; a report with an error has no score.</summary>
    public static Report Total(Report report, GradingOptions options)
    {
        if (report.Outcome == Grade.Error)
        {
            return report with { Score = null, Extra = 0, Late = null };
        }

        var total = report with
        {
            Score = report.Checks.Where(check => !check.Extra).Sum(check => check.Points),
            Extra = report.Checks.Where(check => check.Extra).Sum(check => check.Points),
            Late = null,
        };
        return options.DueDates.GetValueOrDefault(report.Assignment)?.Apply(total) ?? total;
    }
}
