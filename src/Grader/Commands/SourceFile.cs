using System.Text.RegularExpressions;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary>Where an annotation points: the server's file, as GitHub names it.</summary>
internal static partial class SourceFile
{
    /// <returns>Its path in the workspace; null when it is unknown, or lies elsewhere.</returns>
    public static string? Find(string? folder, Report report)
    {
        var match = NamedFile().Match(report.Recipe ?? "");
        if (folder is null || !match.Success)
        {
            return null;
        }

        var workspace = Environment.GetEnvironmentVariable("GITHUB_WORKSPACE") is { Length: > 0 } given
            ? given
            : Directory.GetCurrentDirectory();
        var file = Path.GetFullPath(Path.Combine(folder, match.Groups[1].Value));
        var relative = Path.GetRelativePath(workspace, file);
        return File.Exists(file) && !relative.StartsWith("..", StringComparison.Ordinal) && !Path.IsPathRooted(relative)
            ? relative
            : null;
    }

    // "Python (echo_server.py)"
    [GeneratedRegex(@"^[^()]+ \((.+)\)$")]
    private static partial Regex NamedFile();
}
