using System.Text;
using Grader.Diagnosis;
using Grader.Scoring;

namespace Grader.Assignments.Sum;

/// <summary>What a reply may have or lack that is right, and that a program which reads it would be glad to know.</summary>
internal static class SumAdvice
{
    private const int Shown = 60;

    public static IEnumerable<Advice> Of(Evidence evidence)
    {
        var advice = new List<Advice>();
        var bytes = evidence.FirstReply(AddingLesson.SmallNumbers.Id).Span;
        var end = bytes.IndexOf((byte)'\n');
        // What came behind the first line is no part of the reply.
        var line = end < 0 ? bytes : bytes[..end];
        var reply = Encoding.Latin1.GetString(line);
        // A number may have an exponent.
        if (reply.Any(character => char.IsAsciiLetter(character) && character is not ('e' or 'E')))
        {
            advice.Add(
                new Advice(
                    "answers-in-words",
                    $"The server answers in words (\"{Text.Shorten(Text.Escape(line.Trim((byte)' ')), Shown)}\"): "
                        + "a program that asks has to find the number among them."
                )
            );
        }

        if (reply.Length > 0 && end < 0 && !SumCauses.HasNoEnd(evidence))
        {
            advice.Add(
                new Advice(
                    "no-newline",
                    "The server ends its reply with no newline: a client that asks twice cannot tell where the first one ends."
                )
            );
        }

        return advice;
    }
}
