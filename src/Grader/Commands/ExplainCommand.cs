using Grader.Assignments;
using Grader.Reports;

namespace Grader.Commands;

/// <summary><c>grader explain</c>: what a check does and teaches, right and wrong; or what a cause is.</summary>
internal static class ExplainCommand
{
    /// <param name="screen">Where it is shown.</param>
    /// <param name="id">The check, or the cause.</param>
    /// <param name="assignmentId">Its assignment; null for every one that has such.</param>
    /// <exception cref="UsageException">There is none.</exception>
    public static int Run(Screen screen, string id, string? assignmentId)
    {
        if (assignmentId is not null && AssignmentFinder.IsName(id))
        {
            // As in `grader check sum`.
            (id, assignmentId) = (assignmentId, id);
        }

        var assignments = assignmentId is null ? Catalogue.All : [AssignmentFinder.ByName(assignmentId)];
        var checks =
            from assignment in assignments
            from check in assignment.Checks
            where check.Id == id
            select Explanation.Render(assignment, check, Examples.Of(assignment)[check.Id]);
        var causes =
            from assignment in assignments
            from cause in assignment.Misconceptions
            where cause.Id == id
            select Explanation.Render(assignment, cause);
        var found = checks.Concat(causes).ToList();
        if (found.Count == 0)
        {
            throw new UsageException(
                $"check or cause \"{id}\" is unknown",
                Suggestion.Remedy(
                    id,
                    assignments.SelectMany(Names).Distinct(),
                    Catalogue.All.FirstOrDefault(assignment => Names(assignment).Contains(id)) is { } other
                        ? $"it is one of {other}"
                        : "grader list names all checks, and a report the causes in it"
                )
            );
        }

        screen.Lines(string.Join("\n\n", found));
        return ExitCode.Fine;
    }

    private static IEnumerable<string> Names(Assignment assignment) =>
        assignment
            .Checks.Select(check => check.Id)
            .Concat(assignment.Misconceptions.Select(misconception => misconception.Id));
}
