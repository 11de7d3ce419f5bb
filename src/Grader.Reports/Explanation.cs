using System.Text;
using Grader.Checks;
using Grader.Diagnosis;

namespace Grader.Reports;

/// <summary>One check or cause, for a student who wants to know what it is about.</summary>
public static class Explanation
{
    private const int Width = 100;

    public static string Render(Assignment assignment, Check check, Example example)
    {
        var lesson = assignment.Lessons.First(lesson => lesson.Checks.Contains(check));
        var text = new StringBuilder();
        text.Append($"{check.Id} ({assignment.Id}, {CheckList.Worth(check)} points)\n");
        text.Append($"The {assignment.Subject} {check.Name}.\n");
        Append(text, "What is sent", Paragraph.Wrap(check.OnTheWire, Width));
        Append(text, $"What it teaches ({lesson.Title})", Paragraph.Wrap(check.Teaches, Width));
        Append(text, "What to try", Paragraph.Wrap(check.Hint, Width));
        Append(text, $"With a right {assignment.Subject}", example.Right);
        Append(
            text,
            $"With a wrong one ({example.Server})",
            [.. example.Wrong, $"expected  {example.Expected}", $"actual    {example.Actual}"]
        );
        return text.ToString();
    }

    /// <summary>A misconception, for a student whose report names it.</summary>
    public static string Render(Assignment assignment, Misconception cause)
    {
        var text = new StringBuilder();
        text.Append($"{cause.Id} ({assignment.Id}, a cause of failed checks)\n");
        text.Append($"{cause.Title}.\n");
        Append(text, "Why", Paragraph.Wrap(cause.Why, Width));
        Append(text, "What it teaches", Paragraph.Wrap(cause.Teaches, Width));
        Append(text, "What to try", Paragraph.Wrap(cause.Advice, Width));
        return text.ToString();
    }

    private static void Append(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
        {
            text.Append($"\n{title}\n");
            all.ForEach(line => text.Append($"  {line}\n"));
        }
    }
}
