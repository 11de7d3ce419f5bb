using System.Text;
using Grader.Scoring;

namespace Grader.Reports;

/// <summary>The report for places that render Markdown: pull requests, job summaries, course pages.</summary>
public static class MarkdownReport
{
    public static string Render(Report report)
    {
        var text = new StringBuilder();
        text.Append($"# {Markdown.Escape(report.Student)}, {report.Assignment}: {ScoreLine.Of(report)}\n");
        if (report.Recipe is { } recipe)
        {
            text.Append($"\nStarted as {Markdown.Escape(recipe)}.\n");
        }

        if (SandboxLine.Of(report) is { } sandbox)
        {
            text.Append($"\n{Markdown.Escape(sandbox)}\n");
        }

        if (HandInLine.Of(report) is { } handIn)
        {
            text.Append($"\n{Markdown.Escape(handIn)}\n");
        }

        if (report.Error is { } error)
        {
            text.Append($"\n**Not graded:** {Markdown.Escape(error)}\n");
        }

        foreach (var cause in report.Causes)
        {
            AppendCause(text, report, cause);
        }

        if (report.Checks.Count > 0)
        {
            AppendTable(text, report);
        }

        foreach (
            var check in report.Checks.Where(check => check.Outcome is Outcome.Failed or Outcome.Flaky or Outcome.Error)
        )
        {
            AppendFailure(text, report, check);
        }

        if (report.Advice.Count > 0)
        {
            text.Append("\n## Advice\n\n");
            foreach (var advice in report.Advice)
            {
                text.Append($"- {Markdown.Escape(advice.Text)}\n");
            }
        }

        return text.ToString();
    }

    private static void AppendTable(StringBuilder text, Report report)
    {
        text.Append($"\n| | The {report.Who} ... | Points | Check |\n| --- | --- | --- | --- |\n");
        foreach (var check in report.Checks)
        {
            var reason = FailureLines.Remark(check) is { Length: > 0 } remark ? $" ({remark})" : "";
            text.Append(
                $"| {Marks.Of(check.Outcome)} | {check.Title}{reason} | {ScoreLine.Of(check)} | `{check.Id}` |\n"
            );
        }
    }

    private static void AppendCause(StringBuilder text, Report report, Cause cause)
    {
        text.Append($"\n## {CauseLines.Title(report, cause)}\n\n");
        text.Append(Markdown.Fence([Text.Printable(cause.Happened)]));
        text.Append($"\n{Markdown.Escape($"{cause.Why} {cause.Teaches}")}\n");
        text.Append($"\n**Try:** {Markdown.Escape(cause.Advice)}\n");
        text.Append($"\n**Explains:** {string.Join(", ", cause.Explains.Select(id => $"`{id}`"))}\n");
    }

    private static void AppendFailure(StringBuilder text, Report report, CheckReport check)
    {
        // In a word as well: a list of headings, or who has them read out, may leave out the sign.
        var outcome = check.Outcome switch
        {
            Outcome.Failed => "not passed",
            Outcome.Flaky => "not always passed",
            _ => "not graded",
        };
        text.Append(
            $"\n## {Marks.Of(check.Outcome)} {ScoreLine.Of(check)}, {outcome}: the {report.Who} {check.Title}\n\n"
        );
        text.Append(Markdown.Fence(FailureLines.Evidence(check)));
        if (FailureLines.CausesOf(report, check) is { Count: > 0 } causes)
        {
            text.Append($"\n**Cause:** {Markdown.Escape(string.Join("; ", causes.Select(FailureLines.Name)))}\n");
        }
        else if (check.Teaches is not null)
        {
            text.Append($"\n{check.Teaches}\n\n**Hint:** {Markdown.Escape(check.Hint ?? "")}\n");
        }

        if (FailureLines.Again(report, check, ".") is { } again)
        {
            text.Append($"\n**Again:** `{again}`\n");
        }
    }
}
