using CsvHelper;
using Grader.Batch;
using Grader.Scoring;

namespace Grader.Reports;

/// <summary>The gradebook: a row for each student and assignment, with what the roster says of the student.</summary>
public static class GradesCsv
{
    private const string Late = "late";

    private static readonly string[] Always = ["student", "assignment", "score", "max", "extra", "outcome"];

    /// <summary>The columns that it may have of its own; those of a roster come after the first.</summary>
    public static IReadOnlyList<string> Columns { get; } = [.. Always, Late];

    /// <param name="reports">The rows.</param>
    /// <param name="roster">Whose columns are carried.</param>
    /// <param name="tellsLate">Whether anything has a date when it is due.</param>
    public static string Render(IEnumerable<Report> reports, Roster? roster = null, bool tellsLate = false)
    {
        using var text = new StringWriter();
        // A folder named =1+1 is no formula.
        var options = new CsvWriterOptions { NewLine = "\n", Injection = CsvInjection.Escape };
        using var csv = CsvWriter.Create(text, options, leaveOpen: true);
        csv.WriteRecord([
            Always[0],
            .. Carry(roster?.Columns),
            .. Always.Skip(1),
            .. tellsLate ? [Late] : Array.Empty<string>(),
        ]);
        foreach (var report in reports)
        {
            csv.WriteField(Text.Printable(report.Student));
            foreach (var value in Carry(roster?.ValuesOf(report.Student)))
            {
                csv.WriteField(value);
            }

            csv.WriteField(report.Assignment);
            csv.WriteField(report.Score);
            csv.WriteField(report.MaxScore);
            csv.WriteField(report.Score is null ? null : (int?)report.Extra);
            csv.WriteField(report.Outcome.ToString().ToLowerInvariant());
            if (tellsLate)
            {
                // In percent of the points; empty for what was handed in on time.
                csv.WriteField(report.Late?.Percent);
            }

            csv.EndRecord();
        }

        csv.Flush();
        return text.ToString();
    }

    private static IEnumerable<string> Carry(IReadOnlyList<string>? texts) => (texts ?? []).Select(Text.Printable);
}
