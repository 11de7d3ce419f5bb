using CsvHelper;
using Grader.Batch;
using Grader.Scoring;

namespace Grader.Reports;

/// <summary>The gradebook: a row for each student and assignment, with what the roster says of the student.</summary>
public static class GradesCsv
{
    /// <summary>The columns of its own; those of a roster come after the first.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    ["student", "assignment", "score", "max", "extra", "outcome"];

    public static string Render(IEnumerable<Report> reports, Roster? roster = null)
    {
        using var text = new StringWriter();
        // A folder named =1+1 is no formula.
        var options = new CsvWriterOptions { NewLine = "\n", Injection = CsvInjection.Escape };
        using var csv = CsvWriter.Create(text, options, leaveOpen: true);
        csv.WriteRecord([Columns[0], .. Carry(roster?.Columns), .. Columns.Skip(1)]);
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
            csv.EndRecord();
        }

        csv.Flush();
        return text.ToString();
    }

    private static IEnumerable<string> Carry(IReadOnlyList<string>? texts) => (texts ?? []).Select(Text.Printable);
}
