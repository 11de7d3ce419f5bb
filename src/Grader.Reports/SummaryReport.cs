using System.Text;
using Grader.Batch;
using Grader.Scoring;

namespace Grader.Reports;

/// <summary>The class at a glance: students by checks.</summary>
public static class SummaryReport
{
    public static string Render(string course, IReadOnlyList<Report> reports, Roster? roster = null)
    {
        var text = new StringBuilder();
        text.Append($"# {Markdown.Escape(course)}\n");
        foreach (var assignment in reports.GroupBy(report => report.Assignment))
        {
            text.Append($"\n## {assignment.Key}\n\n{Count([.. assignment])}\n\n");
            AppendTable(text, [.. assignment]);
        }

        if (roster is not null)
        {
            AppendStrangers(
                text,
                [.. reports.Select(report => report.Student).Distinct().Where(name => !roster.Has(name))]
            );
        }

        return text.ToString();
    }

    private static string Count(IReadOnlyList<Report> reports)
    {
        var missing = reports.Count(report => report.Outcome == Grade.Missing);
        var errors = reports.Count(report => report.Outcome == Grade.Error);
        return Text.Count(reports.Count, "student")
            + (missing > 0 ? $", {missing} missing" : "")
            + (errors > 0 ? $", {errors} not graded" : "");
    }

    private static void AppendStrangers(StringBuilder text, IReadOnlyList<string> students)
    {
        if (students.Count > 0)
        {
            text.Append("\n## In no roster\n\n");
        }

        foreach (var student in students)
        {
            text.Append($"- {Markdown.Escape(student)}\n");
        }
    }

    private static void AppendTable(StringBuilder text, List<Report> reports)
    {
        var checks = reports.SelectMany(report => report.Checks).DistinctBy(check => check.Id).ToList();
        var columns = string.Concat(checks.Select((_, index) => $" {index + 1} |"));
        text.Append($"| Student | Score | Extra |{columns}\n");
        text.Append($"| --- | ---: | ---: |{string.Concat(checks.Select(_ => " :-: |"))}\n");
        foreach (var report in reports)
        {
            var cells = string.Concat(checks.Select(check => $" {Cell(report, check.Id)} |"));
            var score = report.Score is { } points ? $"{points} / {report.MaxScore}" : "-";
            text.Append($"| {Markdown.Escape(report.Student)} | {score} | {report.Extra} |{cells}\n");
        }

        if (checks.Count > 0)
        {
            text.Append("\n✔ passed, ✘ failed, ~ flaky, - skipped, ! error\n\n");
        }

        for (var index = 0; index < checks.Count; index++)
        {
            var outcomes = reports
                .SelectMany(report => report.Checks)
                .Where(check => check.Id == checks[index].Id)
                .ToList();
            var passed = outcomes.Count(check => check.Outcome == Outcome.Passed);
            var flaky = outcomes.Count(check => check.Outcome == Outcome.Flaky);
            text.Append(
                $"{index + 1}. `{checks[index].Id}`, {checks[index].Title}: {passed} of {outcomes.Count} passed"
            );
            text.Append(flaky > 0 ? $", {flaky} flaky\n" : "\n");
        }

        AppendCauses(text, reports);
        foreach (var report in reports.Where(report => report.Outcome != Grade.Graded))
        {
            text.Append(
                $"\n**{Markdown.Escape(report.Student)}:** {ScoreLine.Of(report)}{(report.Error is { } error ? $": {Markdown.Escape(error)}" : "")}\n"
            );
        }
    }

    // What the next lesson could be about.
    private static void AppendCauses(StringBuilder text, List<Report> reports)
    {
        var causes = reports
            .SelectMany(report => report.Causes)
            .CountBy(cause => (cause.Id, cause.Title))
            .OrderByDescending(cause => cause.Value)
            .ThenBy(cause => cause.Key.Id, StringComparer.Ordinal)
            .ToList();
        text.Append(causes.Count > 0 ? "\nBehind the failed checks:\n\n" : "");
        foreach (var ((id, title), count) in causes)
        {
            text.Append($"- {title} (`{id}`): {Text.Count(count, "student")}\n");
        }
    }

    private static string Cell(Report report, string id) =>
        report.Checks.FirstOrDefault(check => check.Id == id) is { } check ? Marks.Of(check.Outcome).ToString() : "";
}
