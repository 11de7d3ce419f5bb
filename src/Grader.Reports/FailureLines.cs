using Grader.Scoring;

namespace Grader.Reports;

/// <summary>What a failed check shows, a line each, the same in every format.</summary>
internal static class FailureLines
{
    private const int LabelWidth = 10;

    public static IEnumerable<string> Of(Report report, CheckReport check, string folder) =>
        Lines(report, check, folder, isAlone: false);

    /// <summary>Likewise, for a format that shows the check away from its report.</summary>
    public static IEnumerable<string> Alone(Report report, CheckReport check) =>
        Lines(report, check, ".", isAlone: true);

    /// <returns>The command that runs a failed check again; null for one that did not fail.</returns>
    public static string? Again(Report report, CheckReport check, string folder) =>
        check.Outcome == Outcome.Failed
            ? $"grader check {report.Assignment} {folder} --only {check.Id} --verbose"
            : null;

    private static IEnumerable<string> Lines(Report report, CheckReport check, string folder, bool isAlone) =>
        Evidence(check)
            .Concat(
                CausesOf(report, check) is { Count: > 0 } causes
                    ? causes.SelectMany(cause =>
                        Line("cause", Name(cause)).Concat(Line("try", isAlone ? cause.Advice : null))
                    )
                    : Line("teaches", check.Teaches).Concat(Line("hint", check.Hint))
            )
            .Concat(Line("again", Again(report, check, folder)));

    /// <summary>What explains a check better than its own hint: of many that fail for one reason, most hint at another.</summary>
    public static IReadOnlyList<Cause> CausesOf(Report report, CheckReport check) =>
        [.. report.Causes.Where(cause => cause.Explains.Contains(check.Id))];

    public static string Name(Cause cause) => $"{cause.Title} ({cause.Id})";

    /// <summary>What was seen, without what it teaches.</summary>
    public static IEnumerable<string> Evidence(CheckReport check) =>
        Line("error", check.Outcome == Outcome.Error ? check.Reason : null)
            .Concat(Line("expected", check.Expected))
            .Concat(Line("actual", check.Actual))
            .Concat(check.Caret is { } caret ? [new string(' ', LabelWidth + caret) + "^"] : [])
            .Concat(Block("wire", check.Transcript))
            .Concat(Line("server", check.Server))
            .Concat(Line("client", check.Client))
            .Concat(Line("only", check.OnlyAfter is { } before ? $"after {before}; it passes on a fresh server" : null))
            .Concat(Block((check.Server ?? check.Client) is null ? "output" : "stderr", check.Output))
            .Concat((check.Runs ?? []).SelectMany(RunLines));

    /// <summary>A remark beside a check's id: why it was skipped, or that it is not to be relied on.</summary>
    public static string Remark(CheckReport check) =>
        check.Outcome switch
        {
            Outcome.Skipped => $"skipped {check.Reason}",
            Outcome.Flaky => "flaky: failed, and passed when it was run again",
            _ => "",
        };

    /// <summary>Lines with a label in front of the first.</summary>
    public static IEnumerable<string> Block(string label, IEnumerable<string> lines) =>
        lines.Select((line, index) => (index == 0 ? label : "").PadRight(LabelWidth) + line);

    private static IEnumerable<string> RunLines(CheckRun run) =>
        run.Transcript.Select(
            (line, index) =>
                (
                    index > 0 ? ""
                    : run.Outcome == Outcome.Passed ? "passed"
                    : "failed"
                ).PadRight(LabelWidth) + line
        );

    private static IEnumerable<string> Line(string label, string? value) =>
        value is null ? [] : [label.PadRight(LabelWidth) + Text.Printable(value)];
}
