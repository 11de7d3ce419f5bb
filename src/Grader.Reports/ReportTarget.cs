namespace Grader.Reports;

/// <summary>A report that was asked for: its format, and the file that it goes to.</summary>
public sealed record ReportTarget
{
    private const string Option = "--report";

    private ReportTarget(string format, string path)
    {
        Format = format;
        Path = path;
    }

    public string Format { get; }

    public string Path { get; }

    public bool IsForGithub => Format == ReportFormats.Github;

    /// <summary>Whether a word is meant for one, as github alone or by its sign of equality.</summary>
    public static bool IsNamedBy(string word) =>
        word == ReportFormats.Github || word.Contains('=', StringComparison.Ordinal);

    /// <param name="text">FORMAT=PATH, or github alone.</param>
    /// <param name="stepSummary">Where GitHub's runner wants the summary of the step, if it is there.</param>
    /// <exception cref="UsageException">It is no report that can be written.</exception>
    public static ReportTarget Parse(string text, string? stepSummary)
    {
        var (format, path) = text.Split('=', 2) is [var name, var file] ? (name, file) : (text, null);
        if (!ReportFormats.Names.Contains(format))
        {
            throw new UsageException(
                $"{Option} {text}: \"{format}\" is no format",
                Suggestion.Remedy(format, ReportFormats.Names)
            );
        }

        if (path is null && format == ReportFormats.Github)
        {
            return new ReportTarget(
                format,
                string.IsNullOrEmpty(stepSummary)
                    ? throw new UsageException(
                        $"{Option} github: GITHUB_STEP_SUMMARY is not set",
                        "name a file, for example github=summary.md"
                    )
                    : stepSummary
            );
        }

        return string.IsNullOrEmpty(path)
            ? throw new UsageException(
                $"{Option} {text}: a file is missing",
                $"name it, for example {format}={Example(format)}"
            )
            : new ReportTarget(format, RequireFile(text, format, path));
    }

    /// <summary>Finds out before anything runs whether it can be written.</summary>
    /// <exception cref="UsageException">It cannot.</exception>
    public void RequireWritable()
    {
        try
        {
            if (IsForGithub)
            {
                GithubSummary.Try(Path);
            }
            else
            {
                WholeFile.Try(Path);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"{Option} {Format}={Path}: it cannot be written there",
                "name a file in a folder of yours"
            );
        }
    }

    public void Write(Results results)
    {
        if (IsForGithub)
        {
            GithubSummary.Append(Path, results);
        }
        else
        {
            WholeFile.Write(Path, ReportFormats.Render(Format, results));
        }
    }

    private static string RequireFile(string text, string format, string path)
    {
        if (path == "-" || IsDevice(path))
        {
            throw new UsageException(
                $"{Option} {text}: reports go to files alone",
                $"name one, for example {format}={Example(format)}"
            );
        }

        return Directory.Exists(path) || System.IO.Path.EndsInDirectorySeparator(path)
            ? throw new UsageException(
                $"{Option} {text}: that is a folder",
                $"name a file in it, for example {format}={System.IO.Path.Combine(path, Example(format))}"
            )
            : path;
    }

    // A report takes the place of the file that is there, and the place of /dev/null is not to be taken.
    private static bool IsDevice(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        return (
                full.StartsWith("/dev/", StringComparison.Ordinal)
                && !full.StartsWith("/dev/shm/", StringComparison.Ordinal)
            ) || full.StartsWith("/proc/", StringComparison.Ordinal);
    }

    private static string Example(string format) =>
        format switch
        {
            "junit" => "report.xml",
            ReportFormats.Github => "summary.md",
            _ => $"report.{format}",
        };
}
