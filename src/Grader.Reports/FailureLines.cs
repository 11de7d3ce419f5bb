using Grader.Scoring;

namespace Grader.Reports;

/// <summary>What a failed check shows, a line each, the same in every format.</summary>
internal static class FailureLines
{
    private const int LabelWidth = 10;

    public static IEnumerable<string> Of(CheckReport check) =>
        Evidence(check).Concat(Line("teaches", check.Teaches)).Concat(Line("hint", check.Hint));

    /// <summary>What was seen, without what it teaches.</summary>
    public static IEnumerable<string> Evidence(CheckReport check) =>
        Line("error", check.Outcome == Outcome.Error ? check.Reason : null)
            .Concat(Line("expected", check.Expected))
            .Concat(Line("actual", check.Actual))
            .Concat(check.Caret is { } caret ? [new string(' ', LabelWidth + caret) + "^"] : [])
            .Concat(Line("server", check.Server))
            .Concat(Block(check.Server is null ? "output" : "stderr", check.Output));

    private static IEnumerable<string> Line(string label, string? value) =>
        value is null ? [] : [label.PadRight(LabelWidth) + Text.Printable(value)];

    private static IEnumerable<string> Block(string label, IReadOnlyList<string> lines) =>
        lines.Select((line, index) => (index == 0 ? label : "").PadRight(LabelWidth) + line);
}
