using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Grader.Configuration;

/// <summary>A time that is the same everywhere: with its offset from UTC (RFC 3339, seconds may be left out).</summary>
internal static class Instant
{
    [StringSyntax(StringSyntaxAttribute.Regex)]
    public const string Expression =
        @"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2})? ?(Z|[+-][0-9]{2}:[0-9]{2})$";

    public const string Remedy = "give a time with its offset from UTC, for example \"2026-11-20T23:59:00+01:00\"";

    /// <returns>The time; null for a text that is none.</returns>
    public static DateTimeOffset? TryParse(string text) =>
        Regex.IsMatch(text, Expression)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? at
            : null;
}
