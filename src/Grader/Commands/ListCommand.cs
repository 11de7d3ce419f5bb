using Grader.Assignments;
using Grader.Reports;

namespace Grader.Commands;

/// <summary><c>grader list</c>: what is checked, what it is worth, what it teaches.</summary>
internal static class ListCommand
{
    public static int Run(Screen screen, string? assignmentId, bool markdown)
    {
        var assignments = assignmentId is null ? Catalogue.All : [CheckCommand.FindAssignment(assignmentId)];
        foreach (var assignment in assignments)
        {
            screen.Lines(markdown ? CheckList.RenderMarkdown(assignment) : CheckList.RenderText(assignment));
        }

        return ExitCode.Fine;
    }
}
