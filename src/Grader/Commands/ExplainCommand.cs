using Grader.Assignments;
using Grader.Reports;

namespace Grader.Commands;

/// <summary><c>grader explain</c>: what a check does, what it teaches, and how it goes right and wrong.</summary>
internal static class ExplainCommand
{
    /// <param name="screen">Where it is shown.</param>
    /// <param name="id">The check.</param>
    /// <param name="assignmentId">Its assignment; null for every one that has such a check.</param>
    /// <exception cref="UsageException">There is no such check.</exception>
    public static int Run(Screen screen, string id, string? assignmentId)
    {
        if (assignmentId is not null && Catalogue.All.Any(assignment => assignment.Id == id))
        {
            // As in `grader check sum`.
            (id, assignmentId) = (assignmentId, id);
        }

        var assignments = assignmentId is null ? Catalogue.All : [AssignmentFinder.ByName(assignmentId)];
        var found = (
            from assignment in assignments
            from check in assignment.Checks
            where check.Id == id
            select Explanation.Render(assignment, check, Examples.Of(assignment)[check.Id])
        ).ToList();
        if (found.Count == 0)
        {
            throw new UsageException(
                $"check \"{id}\" is unknown",
                Suggestion.Remedy(
                    id,
                    assignments.SelectMany(assignment => assignment.Checks, (_, check) => check.Id).Distinct()
                )
            );
        }

        screen.Lines(string.Join("\n\n", found));
        return ExitCode.Fine;
    }
}
