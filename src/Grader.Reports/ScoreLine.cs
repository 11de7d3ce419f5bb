using Grader.Scoring;

namespace Grader.Reports;

/// <summary>Says a score in words.</summary>
public static class ScoreLine
{
    public static string Of(Report report) =>
        report.Outcome switch
        {
            Grade.Error => "not graded",
            Grade.Missing => "nothing handed in",
            _ => $"{report.Score} of {report.MaxScore} points"
                + (report.MaxExtra > 0 ? $", {report.Extra} of {report.MaxExtra} extra" : "")
                + (
                    report.Checks.Count(check => check.Outcome == Outcome.Flaky) is > 0 and var flaky
                        ? $", {flaky} flaky"
                        : ""
                )
                + (report.Late is { } late ? $", {late.Percent} % off for being late" : ""),
        };

    /// <summary>Whether a check took points that count: an extra that is not earned takes none, nor does one worth nothing.</summary>
    public static bool IsLost(CheckReport check) =>
        check is { Outcome: Outcome.Failed or Outcome.Flaky, Extra: false } && check.Points < check.MaxPoints;

    public static string Of(CheckReport check) =>
        check.Extra ? $"+{check.Points}/{check.MaxPoints} extra" : $"{check.Points}/{check.MaxPoints}";
}
