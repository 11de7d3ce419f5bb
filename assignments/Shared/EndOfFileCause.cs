using Grader.Diagnosis;

namespace Grader.Assignments.Shared;

/// <summary>When a server begins to answer.</summary>
internal static class EndOfFileCause
{
    /// <summary>The id of an exploration that sends three times, and then half-closes.</summary>
    public const string Exploration = "patience";

    private const int AfterEndOfFile = 4;

    public static Misconception Value { get; } =
        new()
        {
            Id = "reads-until-eof",
            Title = "Your server answers only when its client has nothing more to say",
            Why =
                "It reads until end of file before it replies, or its replies wait in a buffer of its own until then. A client "
                + "that waits for the reply keeps its side open, and so both wait for ever.",
            Teaches = "End of file ends a conversation, not a message; a reply is due before it.",
            Advice =
                "Reply inside the loop that receives, each time something is there to reply to, and flush what you write.",
            Shows = evidence =>
                evidence.Explored.GetValueOrDefault(Exploration)?.BeginsToSpeakAt(AfterEndOfFile) == true,
            Explains = (_, check) =>
                check
                    is { IsSilent: true }
                        or { Failure.DependsOnTiming: true, Reply: { IsEmpty: true, IsClosed: false } },
        };
}
