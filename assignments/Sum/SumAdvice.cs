using System.Text;
using Grader.Diagnosis;
using Grader.Scoring;

namespace Grader.Assignments.Sum;

/// <summary>What a reply may have or lack that is right, and that a program which reads it would be glad to know.</summary>
internal static class SumAdvice
{
    public static IEnumerable<Advice> Of(Evidence evidence)
    {
        var reply = Encoding.Latin1.GetString(evidence.FirstReply(AddingLesson.SmallNumbers.Id).Span);
        if (reply.Any(char.IsAsciiLetter))
        {
            yield return new Advice(
                "answers-in-words",
                $"The server answers in words (\"{reply.Trim()}\"): a program that asks has to find the number among them."
            );
        }

        if (reply.Length > 0 && !reply.Contains('\n', StringComparison.Ordinal) && !SumCauses.HasNoEnd(evidence))
        {
            yield return new Advice(
                "no-newline",
                "The server ends its reply with no newline: a client that asks twice cannot tell where the first one ends."
            );
        }
    }
}
