using Grader.Scoring;

namespace Grader.Reports;

/// <summary>What a run found as annotations of a GitHub job: commands for its runner, a line each.</summary>
public static class GithubAnnotations
{
    // The runner shows ten errors of a step, and drops the others without a word.
    private const int Shown = 9;

    /// <param name="results">What was graded.</param>
    /// <param name="sourceOf">The server's file, relative to the workspace, where it is known.</param>
    public static IEnumerable<string> Render(Results results, Func<Report, string?> sourceOf)
    {
        // What nobody could grade comes first: it is the job's own business.
        var all = results
            .Reports.OrderByDescending(report => report.Outcome == Grade.Error)
            .SelectMany(report =>
                results.Course is null ? OfChecks(report, sourceOf(report)) : OfReport(report, sourceOf(report))
            )
            .ToList();
        return all.Count <= Shown
            ? all
            : all.Take(Shown).Append(GithubCommand.Error("More", $"{all.Count - Shown} more in the summary"));
    }

    // One folder: an annotation for each check that lost points.
    private static IEnumerable<string> OfChecks(Report report, string? source) =>
        report.Outcome == Grade.Error
            ? OfReport(report, source)
            : report
                .Checks.Where(check => ScoreLine.IsLost(check) || check.Outcome == Outcome.Flaky)
                .Select(check =>
                    (
                        ScoreLine.IsLost(check)
                            ? GithubCommand.Error
                            : (Func<string, string, string?, string>)GithubCommand.Warning
                    )(
                        $"{check.Id} {ScoreLine.Of(check)}",
                        $"The {report.Who} does not {(ScoreLine.IsLost(check) ? "" : "always ")}pass: {check.Title}\n{string.Join('\n', FailureLines.Alone(report, check))}",
                        source
                    )
                );

    // A class: an annotation for each submission.
    private static IEnumerable<string> OfReport(Report report, string? source)
    {
        var lost = report.Checks.Where(ScoreLine.IsLost).Select(check => check.Id).ToList();
        var message =
            report.Error is { } error ? Text.Printable(error)
            : report.Outcome == Grade.Missing ? ScoreLine.Of(report)
            : $"failed: {string.Join(", ", lost)}";
        return report.Outcome == Grade.Graded && lost.Count == 0
            ? []
            : [GithubCommand.Error(TextReport.Heading(report), message, source)];
    }
}
