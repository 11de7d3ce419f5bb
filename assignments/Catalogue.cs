using Grader.Assignments.Echo;
using Grader.Assignments.EchoClient;
using Grader.Assignments.EchoPair;
using Grader.Assignments.Sum;
using Grader.Assignments.SumClient;
using Grader.Assignments.SumPair;

namespace Grader.Assignments;

/// <summary>Every assignment that the grader knows.</summary>
public static class Catalogue
{
    public static IReadOnlyList<Assignment> All { get; } =
    [
        EchoAssignment.Value,
        EchoClientAssignment.Value,
        EchoPairAssignment.Value,
        SumAssignment.Value,
        SumClientAssignment.Value,
        SumPairAssignment.Value,
    ];
}
