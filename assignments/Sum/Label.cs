using System.Text.RegularExpressions;

namespace Grader.Assignments.Sum;

/// <summary>What a server puts around a sum, such as <c>Sum:</c> in front of it, learnt from a right reply.</summary>
internal sealed partial class Label
{
    // In characters; whatever is longer is not looked for.
    private const int Longest = 200;

    private readonly Regex _answer;

    private Label(string before, string after)
    {
        var pattern = $@"\A\s*(?:{Template(before)})?\s*(?<number>{Number()})\s*(?:{Template(after)})?[\s.]*\z";
        // In linear time, whatever a server replies.
        _answer = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.Singleline);
    }

    /// <param name="reply">A right reply, which holds a number.</param>
    public static Label Of(string reply)
    {
        var number = Number().Matches(reply)[^1];
        var start = reply.LastIndexOf('\n', number.Index) + 1;
        var end = reply.IndexOf('\n', number.Index + number.Length);
        var after = reply[(number.Index + number.Length)..(end < 0 ? reply.Length : end)];
        return new Label(reply[start..number.Index].Trim(), after.Trim());
    }

    /// <returns>The number that a line answers with, alone or in its label; null if it is no answer but an error.</returns>
    public Numeral? FindAnswer(string line) =>
        _answer.Match(line) is { Success: true } match ? Numeral.Parse(match.Groups["number"].Value) : null;

    // The addends, where they are repeated, are others in every reply.
    private static string Template(string text) =>
        text.Length > Longest ? "" : string.Join(".*", Number().Split(text).Select(Regex.Escape));

    [GeneratedRegex(@"[+-]?[0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]+)?")]
    private static partial Regex Number();
}
