using CsvHelper;
using Grader.Scoring;

namespace Grader.Reports;

/// <summary>The gradebook: a row for each student and assignment.</summary>
public static class GradesCsv
{
    public static string Render(IEnumerable<Report> reports)
    {
        using var text = new StringWriter();
        // A folder named =1+1 is no formula.
        var options = new CsvWriterOptions { NewLine = "\n", Injection = CsvInjection.Escape };
        using var csv = CsvWriter.Create(text, options, leaveOpen: true);
        csv.WriteRecord(["student", "assignment", "score", "max", "extra", "outcome"]);
        foreach (var report in reports)
        {
            csv.WriteField(Text.Printable(report.Student));
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
}
