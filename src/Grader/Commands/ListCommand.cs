using Grader.Assignments;
using Grader.Reports;

namespace Grader.Commands;

/// <summary><c>grader list</c>: what is checked, what it is worth, what it teaches.</summary>
internal static class ListCommand
{
    public static int Run(Screen screen, string? assignmentId, bool markdown)
    {
        var assignments = assignmentId is null ? Catalogue.All : [AssignmentFinder.ByName(assignmentId)];
        // Every word is ours, and a job may write them to a file.
        screen.IsGuarded = false;
        Func<Assignment, string> render = markdown ? CheckList.RenderMarkdown : CheckList.RenderText;
        screen.Lines(string.Join('\n', assignments.Select(render)));
        return ExitCode.Fine;
    }
}
