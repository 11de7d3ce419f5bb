namespace Grader.Configuration;

/// <summary>Helps with names that are not known.</summary>
internal static class Names
{
    public static string Remedy(string name, IEnumerable<string> known)
    {
        var all = known.ToList();
        return Suggestion.For(name, all) is { } suggestion ? suggestion : $"known: {string.Join(", ", all)}";
    }
}
