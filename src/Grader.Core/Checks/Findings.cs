using Grader.Launching;

namespace Grader.Checks;

/// <summary>Says what a program did when it was waited for no longer.</summary>
internal static class Findings
{
    public static async Task<string> DescribeAsync(
        this StudentProgram program,
        Finding finding,
        Limits limits,
        CancellationToken cancellationToken
    ) =>
        finding switch
        {
            Finding.Stalled => await program.DescribeWaitAsync(cancellationToken) is { } call
                ? $"is running and waits in {call}"
                : "is running and waits",
            Finding.Busy => "is running, and uses the processor without moving a byte",
            _ => $"is still at it when the limit of a check ({Text.Duration(limits.Check)}) strikes",
        };
}
