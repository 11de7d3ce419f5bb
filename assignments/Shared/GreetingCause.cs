using Grader.Diagnosis;

namespace Grader.Assignments.Shared;

/// <summary>Who speaks first.</summary>
internal static class GreetingCause
{
    public static Misconception Value { get; } =
        new()
        {
            Id = "adds-greeting",
            Title = "Your server greets its clients",
            Why =
                "It sent bytes before the client had said a word. The client takes the first bytes for the reply to its first "
                + "message.",
            Teaches = "A protocol says who speaks first; here it is the client.",
            Advice =
                "Send nothing when a client connects; what is meant for people belongs on the server's own console.",
            Over = ["adds-prefix", "single-recv", "shared-buffer"],
            Explains = (evidence, check) =>
                check.Reply is { IsEmpty: false } reply
                && evidence.Explored.Values.Any(explored => IsGreeting(explored.Greeting, reply.Received)),
        };

    private static bool IsGreeting(ReadOnlySpan<byte> greeting, ReadOnlySpan<byte> received) =>
        !greeting.IsEmpty && greeting.CommonPrefixLength(received) == Math.Min(greeting.Length, received.Length);
}
