using System.Text;

namespace Grader.Reports;

/// <summary>A line that GitHub's runner takes for a command: <c>::error title=...::...</c></summary>
internal static class GithubCommand
{
    // actions/runner, ExecutionContext: the rest of a longer message is lost.
    private const int MessageLimit = 4096;

    // The checks API takes titles of 255 characters.
    private const int TitleLimit = 200;

    public static string Error(string title, string message, string? file = null) =>
        Annotate("error", title, message, file);

    public static string Warning(string title, string message, string? file = null) =>
        Annotate("warning", title, message, file);

    private static string Annotate(string level, string title, string message, string? file) =>
        $"::{level} {(file is null ? "" : $"file={EscapeProperty(file)},")}"
        + $"title={EscapeProperty(Text.Shorten(title, TitleLimit))}::{Fit(message)}";

    // The runner counts UTF-16 units of what it has unescaped; the bytes of what is escaped are never fewer.
    private static string Fit(string message)
    {
        for (var length = MessageLimit; ; length = length * 3 / 4)
        {
            var escaped = Escape(Text.Shorten(message, length));
            if (Encoding.UTF8.GetByteCount(escaped) <= MessageLimit)
            {
                return escaped;
            }
        }
    }

    private static string Escape(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string EscapeProperty(string text) =>
        Escape(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
