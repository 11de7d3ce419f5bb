namespace Grader.Commands;

/// <summary>What of a class is to be graded.</summary>
/// <param name="Students">These alone; all when empty.</param>
/// <param name="Assignments">These alone; all when empty.</param>
/// <param name="Again">Whether current results are graded anew as well.</param>
internal sealed record BatchChoice(IReadOnlyList<string> Students, IReadOnlyList<string> Assignments, bool Again)
{
    /// <summary>Whoever names something to grade wants to see it graded.</summary>
    public bool IsAnew => Again || Students.Count > 0 || Assignments.Count > 0;
}
