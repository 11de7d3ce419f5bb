using System.Text;

namespace Grader.Reports;

/// <summary>The reports of a run in the summary of a GitHub step, as many as fit.</summary>
internal static class GithubSummary
{
    // The runner uploads nothing of a file that is longer.
    public const long Limit = 1024 * 1024;

    private const int RoomForNote = 200;

    /// <summary>Makes the file, or leaves it as it is.</summary>
    /// <exception cref="IOException">Nothing can be appended to it.</exception>
    public static void Try(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.AppendAllText(path, "");
    }

    /// <summary>Adds to what is there already, which counts for the limit as well.</summary>
    public static void Append(string path, Results results)
    {
        var size = File.Exists(path) ? new FileInfo(path).Length : 0;
        var text = Render(results, Limit - size - 1);
        File.AppendAllText(path, size > 0 ? $"\n{text}" : text);
    }

    /// <summary>The class at a glance and whole reports, within a number of bytes.</summary>
    public static string Render(Results results, long room)
    {
        var text = new StringBuilder();
        var size = 0L;
        var parts = ReportFormats.Markdowns(results).ToList();
        for (var index = 0; index < parts.Count; index++)
        {
            size += Encoding.UTF8.GetByteCount(parts[index]) + 1;
            if (size > room - RoomForNote)
            {
                return room < RoomForNote
                    ? ""
                    : text.Append(Note(Math.Min(parts.Count - index, results.All.Count))).ToString();
            }

            text.Append(index > 0 ? "\n" : "").Append(parts[index]);
        }

        return text.ToString();
    }

    private static string Note(int left) =>
        $"\n{Text.Count(left, "more report")} did not fit into this summary. `--report md=FILE` writes them all.\n";
}
