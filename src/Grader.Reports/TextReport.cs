using System.Text;
using Grader.Scoring;

namespace Grader.Reports;

/// <summary>The report as a student reads it at home.</summary>
public static class TextReport
{
    private const int TitleWidth = 58;
    private const string Indent = "      ";

    /// <param name="report">What was found.</param>
    /// <param name="folder">Where the reader runs a check again, as a shell reads it.</param>
    public static string Render(Report report, string folder = ".")
    {
        var text = new StringBuilder();
        text.Append(Heading(report)).Append('\n');
        if (report.Recipe is { } recipe)
        {
            text.Append("started as ").Append(Text.Printable(recipe)).Append('\n');
        }

        if (SandboxLine.Of(report) is { } sandbox)
        {
            text.Append(Text.Printable(sandbox)).Append('\n');
        }

        if (HandInLine.Of(report) is { } handIn)
        {
            text.Append(handIn).Append('\n');
        }

        if (report.Error is { } error)
        {
            text.Append('\n').Append(Label("not graded", error)).Append('\n');
        }

        foreach (var cause in report.Causes)
        {
            text.Append('\n').Append(CauseLines.Title(report, cause)).Append('\n');
            text.AppendIndented(CauseLines.Of(cause));
        }

        foreach (var lesson in report.Checks.GroupBy(check => check.Lesson))
        {
            text.Append('\n').Append(lesson.Key).Append('\n');
            foreach (var check in lesson)
            {
                Append(text, report, check, folder);
            }
        }

        foreach (var advice in report.Advice)
        {
            text.Append('\n').Append("Advice: ").Append(advice.Text).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>"student-01, echo: 100 of 100 points, 13 of 13 extra".</summary>
    public static string Heading(Report report) =>
        $"{Text.Printable(report.Student)}, {report.Assignment}: {ScoreLine.Of(report)}";

    /// <summary>Lines below what they tell of.</summary>
    internal static StringBuilder AppendIndented(this StringBuilder text, IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            text.Append(line.Length == 0 ? "" : Indent).Append(line).Append('\n');
        }

        return text;
    }

    private static void Append(StringBuilder text, Report report, CheckReport check, string folder)
    {
        var title = $"  {Marks.Of(check.Outcome)} {check.Title}".PadRight(TitleWidth);
        text.Append($"{title} {ScoreLine.Of(check), -10}  {check.Id}");
        text.Append(FailureLines.Remark(check) is { Length: > 0 } remark ? $", {remark}\n" : "\n");
        text.AppendIndented(FailureLines.Of(report, check, folder));
    }

    private static string Label(string label, string value) => $"{label}  {Text.Printable(value)}";
}
