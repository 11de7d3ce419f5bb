using System.Globalization;
using System.Text;

namespace Grader;

/// <summary>Makes bytes and foreign text safe to show anywhere.</summary>
public static class Text
{
    /// <summary>Bytes as a person reads them: printable ASCII as it is, everything else escaped.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="zero">How NUL is written; in many languages \0 and a digit after it are another byte.</param>
    public static string Escape(ReadOnlySpan<byte> bytes, string zero = "\\0")
    {
        var text = new StringBuilder();
        foreach (var value in bytes)
        {
            text.Append(
                value switch
                {
                    (byte)'\n' => "\\n",
                    (byte)'\r' => "\\r",
                    (byte)'\t' => "\\t",
                    0 => zero,
                    (byte)'\\' => "\\\\",
                    (byte)'"' => "\\\"",
                    >= 0x20 and < 0x7f => ((char)value).ToString(),
                    _ => $"\\x{value:x2}",
                }
            );
        }

        return text.ToString();
    }

    /// <summary>A program's text without what could steer a terminal or turn the direction of writing.</summary>
    public static string Printable(string text)
    {
        if (text.All(character => character is >= ' ' and <= '~'))
        {
            return text;
        }

        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value == '\t')
            {
                clean.Append("    ");
            }
            else if (
                category
                is UnicodeCategory.Control
                    or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator
            )
            {
                clean.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
            }
            else
            {
                clean.Append(rune);
            }
        }

        return clean.ToString();
    }

    /// <summary>A phrase as a sentence of its own.</summary>
    public static string Sentence(string phrase) =>
        char.ToUpperInvariant(phrase[0]) + phrase[1..] + (phrase.EndsWith('?') ? "" : ".");

    /// <summary>A long line without its middle.</summary>
    public static string Shorten(string line, int length) =>
        line.Length <= length
            ? line
            : $"{line[..(length / 2)]} [... {Count(line.Length - length, "character")} ...] {line[^(length / 2)..]}";

    /// <summary>"1,024 bytes".</summary>
    public static string Count(long count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>"512 MB".</summary>
    public static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1_000_000:N0} MB");

    /// <summary>"10 min", "3 h 5 min", "2 d 4 h": no more than two units.</summary>
    public static string Span(TimeSpan span) =>
        span switch
        {
            { TotalMinutes: < 1 } => $"{(int)Math.Ceiling(span.TotalSeconds)} s",
            { TotalHours: < 1 } => $"{span.Minutes} min",
            { TotalDays: < 1 } => span.Minutes == 0 ? $"{span.Hours} h" : $"{span.Hours} h {span.Minutes} min",
            _ => span.Hours == 0 ? $"{span.Days} d" : $"{span.Days} d {span.Hours} h",
        };

    /// <summary>"10 s", "0.5 s".</summary>
    public static string Duration(TimeSpan duration) =>
        string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.###} s");
}
