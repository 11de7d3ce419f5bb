using Grader.Checks;
using Grader.Diagnosis;

namespace Grader.Assignments.Shared;

/// <summary>What is behind a client and a server that do not work together.</summary>
internal static class PairCauses
{
    private static readonly Misconception Mismatch = new()
    {
        Id = "pair-mismatch",
        Title = "Your client and your server do not speak the same protocol",
        Why =
            "The client connected and spoke, and no reply came of it that it could print: the one waits for, or sends, what "
            + "the other does not mean.",
        Teaches =
            "A protocol is agreed on, byte for byte, with the ends of messages: both sides must be written from it.",
        Advice = "Look at what each side sent: compare ends of lines, the order of what is said, and who closes when.",
        Shows = evidence => evidence.Find(PairLessons.Works.Id) is { Failure.Run.Request.Length: > 0 },
        // A server that closes without a word has rather broken down.
        Explains = (_, check) =>
            check.Failure is { Symptom: Symptom.NotTold, Run: { } run }
            && (run.Finding == Finding.Stalled || run.Said is { Length: > 0 })
            && !run.IsToldOnStandardError
            && !PrintsAnswer(run),
    };

    // Then it is not the protocol that is wrong, but the answer.
    private static bool PrintsAnswer(ClientRun run) =>
        run.Said is { Length: > 0 } said && run.Output.AsSpan().IndexOf(said.AsSpan().Trim(" \r\n\t"u8)) >= 0;

    public static IReadOnlyList<Misconception> All { get; } =
    [.. StartCauses.All, Mismatch, ClientCauses.PrintsOnStandardError];
}
