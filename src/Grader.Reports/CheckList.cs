using System.Text;
using Grader.Checks;

namespace Grader.Reports;

/// <summary>An assignment's checks, for people who want to know what is graded before it is.</summary>
public static class CheckList
{
    public static string RenderText(Assignment assignment)
    {
        var text = new StringBuilder($"{assignment.Id}: {assignment.Title}\n");
        foreach (var lesson in assignment.Lessons)
        {
            text.Append($"\n{lesson.Title}\n");
            foreach (var check in lesson.Checks)
            {
                text.Append($"  {check.Id, -22} {Worth(check), -9} the {assignment.Subject} {check.Name}\n");
                text.Append($"  {"", -22} {"", -9} {check.Teaches}\n");
            }
        }

        return text.ToString();
    }

    /// <summary>The table of the handout.</summary>
    public static string RenderMarkdown(Assignment assignment)
    {
        var text = new StringBuilder(
            $"| Lesson | Check | Points | The {assignment.Subject} ... | What it teaches |\n| --- | --- | ---: | --- | --- |\n"
        );
        foreach (var lesson in assignment.Lessons)
        {
            foreach (var check in lesson.Checks)
            {
                var title = check == lesson.Checks[0] ? lesson.Title : "";
                text.Append($"| {title} | `{check.Id}` | {Worth(check)} | {check.Name} | {check.Teaches} |\n");
            }
        }

        return text.ToString();
    }

    internal static string Worth(Check check) => check.Extra ? $"extra {check.Points}" : $"{check.Points}";
}
