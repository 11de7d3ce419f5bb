using Grader.Scoring;

namespace Grader.Reports;

/// <summary>The reports of a course on disk: a folder for each student and assignment, and the gradebook.</summary>
public sealed class ReportFolder(string root)
{
    private const string JsonName = "report.json";

    /// <summary>Finds out before anything runs whether reports can be written.</summary>
    /// <exception cref="UsageException">They cannot.</exception>
    public void RequireWritable()
    {
        try
        {
            Directory.CreateDirectory(root);
            Write(root, ".writable", "");
            File.Delete(Path.Combine(root, ".writable"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{root}: reports cannot be written there",
                "name a folder of yours under \"reports\""
            );
        }
    }

    public void Write(Graded graded)
    {
        var folder = FolderOf(graded.Report.Student, graded.Report.Assignment);
        Directory.CreateDirectory(folder);
        Write(folder, JsonName, JsonReport.Render(graded.Report));
        Write(folder, "report.txt", TextReport.Render(graded.Report));
        Write(folder, "report.md", MarkdownReport.Render(graded.Report));
        Write(folder, "timings.json", JsonReport.Render(graded.Timings));
        Write(folder, "server.log", graded.ServerLog);
    }

    /// <returns>What an earlier run found, or null.</returns>
    public Report? Read(string student, string assignment)
    {
        var path = Path.Combine(FolderOf(student, assignment), JsonName);
        return File.Exists(path) ? JsonReport.Parse(File.ReadAllText(path)) : null;
    }

    public void WriteGradebook(string course, IReadOnlyList<Report> reports)
    {
        Directory.CreateDirectory(root);
        Write(root, "grades.csv", GradesCsv.Render(reports));
        Write(root, "summary.md", SummaryReport.Render(course, reports));
    }

    private string FolderOf(string student, string assignment) => Path.Combine(root, student, assignment);

    // Whoever reads meanwhile, or after an interruption, sees the old file or the new one, never half of one.
    private static void Write(string folder, string name, string content)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText($"{path}.new", content);
        File.Move($"{path}.new", path, overwrite: true);
    }
}
