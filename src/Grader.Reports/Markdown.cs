using System.Text;
using System.Text.RegularExpressions;

namespace Grader.Reports;

/// <summary>Puts foreign text into Markdown so that it stays text.</summary>
internal static partial class Markdown
{
    /// <summary>A line of text in which no character has a meaning of its own.</summary>
    public static string Escape(string text) => Special().Replace(Text.Printable(text), "\\$0");

    /// <summary>A code block, fenced by more backticks than any line in it has.</summary>
    public static string Fence(IEnumerable<string> lines)
    {
        var content = lines.ToList();
        var longest = content
            .SelectMany(line => Backticks().Matches(line))
            .Select(match => match.Length)
            .DefaultIfEmpty()
            .Max();
        var fence = new string('`', Math.Max(3, longest + 1));
        var text = new StringBuilder().Append($"{fence}text\n");
        foreach (var line in content)
        {
            text.Append(line).Append('\n');
        }

        return text.Append($"{fence}\n").ToString();
    }

    [GeneratedRegex(@"[\\`*_{}\[\]<>|#~]")]
    private static partial Regex Special();

    [GeneratedRegex("`+")]
    private static partial Regex Backticks();
}
