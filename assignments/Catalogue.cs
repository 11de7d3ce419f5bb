using Grader.Assignments.Echo;
using Grader.Assignments.Sum;

namespace Grader.Assignments;

/// <summary>Every assignment that the grader knows.</summary>
public static class Catalogue
{
    public static IReadOnlyList<Assignment> All { get; } = [EchoAssignment.Value, SumAssignment.Value];
}
