using Grader.Checks;

namespace Grader.Scoring;

/// <summary>What a check is worth: the suite's word, or the course's.</summary>
public sealed record Worth(int Points, bool IsExtra);

/// <summary>The one place where points are decided and added.</summary>
public static class Points
{
    public static Worth Of(Check check, IReadOnlyDictionary<string, Worth> overrides) =>
        overrides.GetValueOrDefault(check.Id) ?? new Worth(check.Points, check.Extra);

    /// <summary>Sums a report's checks; a report with an error among them has no score.</summary>
    public static Report Total(Report report)
    {
        var counted = report.Checks.Where(check => !check.Extra).ToList();
        var extra = report.Checks.Where(check => check.Extra).ToList();
        return report with
        {
            Score = report.Outcome == Grade.Error ? null : counted.Sum(check => check.Points),
            MaxScore = counted.Sum(check => check.MaxPoints),
            Extra = report.Outcome == Grade.Error ? 0 : extra.Sum(check => check.Points),
            MaxExtra = extra.Sum(check => check.MaxPoints),
        };
    }
}
