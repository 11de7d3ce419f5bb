using Grader.Sandboxing;
using Grader.Scoring;

namespace Grader.Reports;

/// <summary>Says in a report what its programs were kept from, where that is less than it should be.</summary>
public static class SandboxLine
{
    /// <returns>Null where nothing is amiss.</returns>
    public static string? Of(Report report) =>
        report.Sandbox is null or SandboxChoice.Whole ? null : $"Sandbox: {report.Sandbox}.";
}
