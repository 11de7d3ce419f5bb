using Grader.Scoring;

namespace Grader.Reports;

/// <summary>What one run graded.</summary>
/// <param name="Course">The name of the course; null when it was one folder.</param>
/// <param name="All">What was graded, in the order in which it is told.</param>
public sealed record Results(string? Course, IReadOnlyList<Graded> All)
{
    public IReadOnlyList<Report> Reports => [.. All.Select(graded => graded.Report)];
}
