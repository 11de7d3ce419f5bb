using Grader.Scoring;

namespace Grader.Diagnosis;

/// <summary>Matches all evidence together with a catalogue of misconceptions.</summary>
public static class Diagnostician
{
    /// <returns>The causes, those that explain most first; each explains at least one failed check.</returns>
    public static IReadOnlyList<Cause> Explain(IEnumerable<Misconception> catalogue, Evidence evidence)
    {
        var found = catalogue
            .Where(misconception => misconception.Shows(evidence))
            .Select(misconception =>
                (
                    Misconception: misconception,
                    // What one that had to be ended did not do any more says nothing of what its author thinks.
                    Explained: evidence
                        .Failed.Where(check => !check.Failure.IsByExcess && misconception.Explains(evidence, check))
                        .ToList()
                )
            )
            .Where(match => match.Explained.Count > 0)
            .ToList();
        var causes =
            from match in found
            let above = found.Where(other => other.Misconception.Over.Contains(match.Misconception.Id))
            let left = match.Explained.Except(above.SelectMany(other => other.Explained)).ToList()
            where left.Count > 0
            orderby left.Count descending
            select Describe(match.Misconception, left);
        return [.. causes];
    }

    private static Cause Describe(Misconception misconception, List<FailedCheck> explained)
    {
        var first = explained[0];
        return new Cause(misconception.Id, misconception.Title, [.. explained.Select(check => check.Check)])
        {
            Happened = $"{first.Check}: expected {first.Failure.Expected}; actual {first.Failure.Actual}",
            Why = misconception.Why,
            Teaches = misconception.Teaches,
            Advice = misconception.Advice,
        };
    }
}
