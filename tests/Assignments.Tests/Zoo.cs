using System.Collections.Concurrent;
using Grader.Launching;
using Grader.Scoring;

namespace Grader.Assignments.Tests;

/// <summary>The servers of tests/Zoo, whose verdicts are known.</summary>
internal static class Zoo
{
    private static readonly string Root = Path.Combine(Repository.Root, "tests", "Zoo");

    private static readonly ConcurrentDictionary<string, Lazy<Task<Report>>> Graded = new();

    /// <summary>Servers that pass everything, our own model answers among them.</summary>
    public static IEnumerable<ZooServer> Right =>
        Read(Path.Combine(Repository.Root, "reference"), _ => []).Concat(Read(Path.Combine(Root, "right"), _ => []));

    /// <summary>Servers that fail exactly the checks that the file beside them names.</summary>
    public static IEnumerable<ZooServer> Wrong =>
        Read(Path.Combine(Root, "wrong"), folder => ReadFails($"{folder}.fails"));

    /// <summary>The report that a first grading gave, for all tests that only want to know what is in it.</summary>
    public static Task<Report> GradeOnceAsync(ZooServer server) =>
        Graded.GetOrAdd(server.Folder, _ => new Lazy<Task<Report>>(() => GradeAsync(server))).Value;

    public static async Task<Report> GradeAsync(ZooServer server)
    {
        var graded = await new SubmissionGrader(new GradingOptions(), TimeProvider.System).GradeAsync(
            server.Assignment,
            new Submission(Path.GetFileName(server.Folder), server.Folder),
            only: null,
            progress: null,
            TestContext.CurrentContext.CancellationToken
        );
        if (graded.Report.Error is { } error && error.Contains("is not installed", StringComparison.Ordinal))
        {
            Assert.Ignore(error);
        }

        return graded.Report;
    }

    private static IEnumerable<ZooServer> Read(string root, Func<string, IReadOnlyList<string>> fails) =>
        from assignment in Catalogue.All
        from folder in Directory.GetDirectories(Path.Combine(root, assignment.Id)).Order(StringComparer.Ordinal)
        select new ZooServer(assignment, folder, fails(folder));

    private static List<string> ReadFails(string path) =>
        [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'))];
}

/// <summary>A server with a known verdict.</summary>
internal sealed record ZooServer(Assignment Assignment, string Folder, IReadOnlyList<string> Fails)
{
    public override string ToString() => $"{Assignment.Id}, {Path.GetFileName(Folder)}";
}
