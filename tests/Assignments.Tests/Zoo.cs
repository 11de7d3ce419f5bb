namespace Grader.Assignments.Tests;

/// <summary>The servers of tests/Zoo, whose verdicts are known.</summary>
internal static class Zoo
{
    private static readonly string Root = Path.Combine(Repository.Root, "tests", "Zoo");

    /// <summary>Servers that pass everything.</summary>
    public static IEnumerable<ZooServer> Right => Read("right", _ => []);

    /// <summary>Servers that fail exactly the checks that the file beside them names.</summary>
    public static IEnumerable<ZooServer> Wrong => Read("wrong", folder => ReadFails($"{folder}.fails"));

    private static IEnumerable<ZooServer> Read(string kind, Func<string, IReadOnlyList<string>> fails) =>
        from assignment in Catalogue.All
        let root = Path.Combine(Root, kind, assignment.Id)
        from folder in Directory.GetDirectories(root).Order(StringComparer.Ordinal)
        select new ZooServer(assignment, folder, fails(folder));

    private static List<string> ReadFails(string path) =>
        [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'))];
}

/// <summary>A server with a known verdict.</summary>
internal sealed record ZooServer(Assignment Assignment, string Folder, IReadOnlyList<string> Fails)
{
    public override string ToString() => $"{Assignment.Id}, {Path.GetFileName(Folder)}";
}
