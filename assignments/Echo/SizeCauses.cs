using Grader.Checks;
using Grader.Diagnosis;

namespace Grader.Assignments.Echo;

/// <summary>Beliefs about how much a server must remember.</summary>
internal static class SizeCauses
{
    public static readonly Misconception HoardsMemory = new()
    {
        Id = "hoards-memory",
        Title = "Your server keeps everything that it has ever received",
        Why =
            "Its memory grew with every byte that passed. A stream has no end that a server knows of, and memory has.",
        Teaches = "A stream can be longer than memory; what was sent back need not be kept.",
        Advice = "Use one buffer again and again; append what comes to nothing.",
        Explains = (_, check) => check.Failure.Symptom == Symptom.MemoryGrows,
    };
}
