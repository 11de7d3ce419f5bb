using Grader.Scoring;

namespace Grader.Reports;

/// <summary>What a cause shows: its title, and a few labelled lines, the same in every format.</summary>
internal static class CauseLines
{
    private const int LabelWidth = 10;
    private const int Width = 100;

    /// <summary>"Your server takes one receive for one message: explains 4 of 5 failed checks".</summary>
    public static string Title(Report report, Cause cause)
    {
        var failed = report.Checks.Count(check => check.Outcome == Outcome.Failed);
        return $"{cause.Title}: explains {cause.Explains.Count} of {Text.Count(failed, "failed check")}";
    }

    public static IEnumerable<string> Of(Cause cause) =>
        Block("seen", [Text.Printable(cause.Happened)])
            .Concat(Block("because", Paragraph.Wrap(cause.Why, Width)))
            .Concat(Block("teaches", Paragraph.Wrap(cause.Teaches, Width)))
            .Concat(Block("try", Paragraph.Wrap(cause.Advice, Width)))
            .Concat(Block("explains", Paragraph.Wrap(string.Join(", ", cause.Explains), Width)));

    private static IEnumerable<string> Block(string label, IEnumerable<string> lines) =>
        lines.Select((line, index) => (index == 0 ? label : "").PadRight(LabelWidth) + line);
}
