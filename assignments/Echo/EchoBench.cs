using Grader.Checks;

namespace Grader.Assignments.Echo;

/// <summary>What the lessons of this assignment do again and again.</summary>
internal static class EchoBench
{
    /// <summary>One message on a connection of its own: all its bytes come back, and nothing else.</summary>
    public static Task EchoAsync(this Bench bench, byte[] message) => bench.AskAsync(new EchoExchange(message));
}
