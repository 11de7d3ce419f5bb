using System.Globalization;
using Grader.Batch;
using Grader.Scoring;

namespace Grader.Reports;

/// <summary>The reports of a course on disk: a folder for each student and assignment, and the gradebook.</summary>
public sealed class ReportFolder(string root)
{
    private const string JsonName = "report.json";
    private const string TimingsName = "timings.json";
    private const string KeyName = "result.key";
    private const string ErrorName = "error.log";

    /// <summary>Keeps all others from writing here until the result is disposed, or this process ends.</summary>
    /// <exception cref="UsageException">Reports cannot be written here, or somebody else writes them.</exception>
    public IDisposable Lock()
    {
        // Two files, since one that is locked cannot be read everywhere.
        var path = Path.Combine(root, ".lock");
        var holder = Path.Combine(root, ".writer");
        try
        {
            WholeFile.Try(path);
            var file = TryLock(path);
            if (file is not null)
            {
                var now = DateTime.Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
                WholeFile.Write(holder, $"process {Environment.ProcessId}, since {now}\n");
                return new Turn(file, holder);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{root}: reports cannot be written there",
                "name a folder of yours under \"reports\""
            );
        }

        var who = TryRead(holder) is { } text ? $" ({text.TrimEnd()})" : "";
        throw new UsageException(
            $"{root}: another grader writes there{who}",
            "wait for its end, or name another folder under \"reports\""
        );
    }

    // The system forgets a lock whose holder was killed.
    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <param name="graded">A new result.</param>
    /// <param name="key">What it was graded from; null where that is not known, and it is to be graded again.</param>
    /// <param name="scripts">By check, what shows a failure again.</param>
    public void Write(Graded graded, string? key = null, IReadOnlyDictionary<string, string>? scripts = null)
    {
        var folder = FolderOf(graded.Report.Student, graded.Report.Assignment);
        Directory.CreateDirectory(folder);
        // Whatever ends this half way leaves a result without a key. The old key stands for the old report until now.
        File.Delete(Path.Combine(folder, KeyName));
        Write(graded.Report);
        WholeFile.Write(Path.Combine(folder, TimingsName), JsonReport.Render(graded.Timings));
        WholeFile.Write(Path.Combine(folder, "server.log"), graded.ServerLog);
        File.Delete(Path.Combine(folder, ErrorName));
        if (graded.ErrorLog.Length > 0)
        {
            WholeFile.Write(Path.Combine(folder, ErrorName), graded.ErrorLog);
        }

        var reproduce = Path.Combine(folder, "reproduce");
        if (Directory.Exists(reproduce))
        {
            // What an earlier result could show may be mended.
            Directory.Delete(reproduce, recursive: true);
        }

        WriteScripts(reproduce, scripts ?? new Dictionary<string, string>());
        if (key is not null)
        {
            WholeFile.Write(Path.Combine(folder, KeyName), $"{key}\n");
        }
    }

    /// <summary>Writes a report in every format; what was measured and logged when it was graded stays.</summary>
    public void Write(Report report)
    {
        var folder = FolderOf(report.Student, report.Assignment);
        Directory.CreateDirectory(folder);
        WholeFile.Write(Path.Combine(folder, "report.txt"), TextReport.Render(report));
        WholeFile.Write(Path.Combine(folder, "report.md"), MarkdownReport.Render(report));
        // Last, since by it one knows whether a report has the points of now.
        WholeFile.Write(Path.Combine(folder, JsonName), JsonReport.Render(report));
    }

    public bool Has(string student, string assignment) =>
        File.Exists(Path.Combine(FolderOf(student, assignment), JsonName));

    /// <returns>What an earlier run found, or null.</returns>
    /// <exception cref="InvalidDataException">There is a report, and it is none of this student's assignment.</exception>
    public Report? Read(string student, string assignment)
    {
        if (!Has(student, assignment))
        {
            return null;
        }

        var report =
            JsonReport.Parse(File.ReadAllText(Path.Combine(FolderOf(student, assignment), JsonName)))
            ?? throw new InvalidDataException($"its {JsonName} is broken, or of another version");
        return report.Student == student && report.Assignment == assignment
            ? report
            : throw new InvalidDataException($"its {JsonName} is of another student or assignment");
    }

    /// <returns>What a stored result was graded from; null when that is not known.</returns>
    public string? ReadKey(string student, string assignment) => TryRead(student, assignment, KeyName)?.TrimEnd('\n');

    /// <returns>What was measured when a stored result was graded; nothing where that is lost.</returns>
    public IReadOnlyDictionary<string, double> ReadTimings(string student, string assignment) =>
        JsonReport.ParseTimings(TryRead(student, assignment, TimingsName) ?? "");

    public void WriteGradebook(string course, IReadOnlyList<Report> reports, Roster? roster, bool tellsLate)
    {
        Directory.CreateDirectory(root);
        WholeFile.Write(Path.Combine(root, "grades.csv"), GradesCsv.Render(reports, roster, tellsLate));
        WholeFile.Write(Path.Combine(root, "summary.md"), SummaryReport.Render(course, reports, roster));
    }

    /// <summary>Writes the scripts that show failures again; what else is in the folder stays.</summary>
    /// <exception cref="IOException">They cannot be written, or would replace a file that is none of them.</exception>
    public static void WriteScripts(string folder, IReadOnlyDictionary<string, string> scripts)
    {
        foreach (var (check, script) in scripts)
        {
            Directory.CreateDirectory(folder);
            var path = Path.Combine(folder, $"{check}.py");
            if (File.Exists(path) && !File.ReadAllText(path).StartsWith($"# {check} (", StringComparison.Ordinal))
            {
                throw new IOException($"{path} is there, and is not one of these scripts");
            }

            WholeFile.Write(path, script);
        }
    }

    private string? TryRead(string student, string assignment, string name) =>
        TryRead(Path.Combine(FolderOf(student, assignment), name));

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string FolderOf(string student, string assignment) => Path.Combine(root, student, assignment);

    private sealed class Turn(FileStream file, string holder) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                File.Delete(holder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Whoever has taken the folder away meanwhile has taken this with it.
            }

            file.Dispose();
        }
    }
}
