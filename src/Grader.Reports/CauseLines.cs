using Grader.Scoring;

namespace Grader.Reports;

/// <summary>What a cause shows: its title, and a few labelled lines, the same in every format.</summary>
internal static class CauseLines
{
    private const int Width = 100;

    /// <summary>"Your server takes one receive for one message: explains 4 of 5 failed checks".</summary>
    public static string Title(Report report, Cause cause)
    {
        var failed = report.Checks.Count(check => check.Outcome == Outcome.Failed);
        return $"{cause.Title}: explains {cause.Explains.Count} of {Text.Count(failed, "failed check")}";
    }

    public static IEnumerable<string> Of(Cause cause) =>
        FailureLines
            .Block("seen", [Text.Printable(cause.Happened)])
            .Concat(FailureLines.Block("because", Paragraph.Wrap(cause.Why, Width)))
            .Concat(FailureLines.Block("teaches", Paragraph.Wrap(cause.Teaches, Width)))
            .Concat(FailureLines.Block("try", Paragraph.Wrap(cause.Advice, Width)))
            .Concat(FailureLines.Block("explains", Paragraph.Wrap(string.Join(", ", cause.Explains), Width)));
}
