namespace Grader;

/// <summary>Finds what a misspelt name was meant to be.</summary>
public static class Suggestion
{
    /// <param name="name">What was typed.</param>
    /// <param name="known">What there is.</param>
    /// <param name="otherwise">What to say when nothing of it is near; all that is known where left out.</param>
    /// <returns>"did you mean ...?", or the other.</returns>
    public static string Remedy(string name, IEnumerable<string> known, string? otherwise = null)
    {
        var all = known.ToList();
        return Nearest(name, all) is { } nearest
            ? $"did you mean \"{nearest}\"?"
            : otherwise ?? $"known: {string.Join(", ", all)}";
    }

    private static string? Nearest(string name, IEnumerable<string> known)
    {
        return known
            .Select(candidate => (candidate, distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.distance <= Math.Max(pair.candidate.Length > 3 ? 2 : 1, pair.candidate.Length / 3))
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    // Levenshtein's distance, a row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replace, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
