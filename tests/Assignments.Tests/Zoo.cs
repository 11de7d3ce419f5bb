using System.Collections.Concurrent;
using Grader.Batch;
using Grader.Intake;
using Grader.Scoring;

namespace Grader.Assignments.Tests;

/// <summary>The servers of tests/Zoo, whose verdicts are known.</summary>
internal static class Zoo
{
    private const string CauseWord = "cause ";
    private const string ClockWord = "clock";
    private const string SlowWord = "slow";
    private const string HastyWord = "hasty";

    // Graded programs mostly wait for each other's clocks; more at work than cores is still less than a busy class.
    private static readonly Admission Usual = new(atWork: 5);

    private static readonly string Root = Path.Combine(Repository.Root, "tests", "Zoo");

    private static readonly ConcurrentDictionary<(string, string), Lazy<Task<Graded>>> Graded = new();

    /// <summary>Servers that pass everything, our own model answers among them.</summary>
    public static IEnumerable<ZooServer> Right =>
        Read(assignment => References(assignment), _ => []).Concat(Read(InZoo("right"), _ => []));

    /// <summary>Servers of which the file beside them names the checks that they fail, and the causes behind those.</summary>
    public static IEnumerable<ZooServer> Wrong =>
        Read(InZoo("wrong"), folder => ReadLines($"{folder}.fails"))
            // Whoever takes minutes and begins last keeps all others waiting.
            .OrderByDescending(server => server.IsSlow);

    /// <summary>The report that a first grading gave, for all tests that only want to know what is in it.</summary>
    public static async Task<Report> GradeOnceAsync(ZooServer server) => (await GradeWholeOnceAsync(server)).Report;

    /// <summary>Likewise, with what is no part of the report.</summary>
    public static Task<Graded> GradeWholeOnceAsync(ZooServer server) =>
        // A folder may hold server and client.
        Graded
            .GetOrAdd((server.Assignment.Id, server.Folder), _ => new Lazy<Task<Graded>>(() => GradeWholeAsync(server)))
            .Value;

    /// <summary>Grades it anew.</summary>
    /// <param name="server">Which.</param>
    /// <param name="admission">How many may be at work beside it.</param>
    public static async Task<Report> GradeAsync(ZooServer server, Admission admission) =>
        (await GradeFolderAsync(server.Assignment, server.Folder, only: null, admission)).Report;

    /// <summary>The ids of the checks that a server failed.</summary>
    public static IEnumerable<string> FindFailed(Report report) =>
        report.Checks.Where(check => check.Outcome == Outcome.Failed).Select(check => check.Id);

    private static Task<Graded> GradeWholeAsync(ZooServer server) =>
        GradeFolderAsync(server.Assignment, server.Folder, only: null);

    /// <summary>Grades what is in a folder, the checks alone that are asked for; ignored where its language is missing.</summary>
    public static async Task<Graded> GradeFolderAsync(
        Assignment assignment,
        string folder,
        IReadOnlySet<string>? only,
        Admission? admission = null
    )
    {
        var end = TestContext.CurrentContext.CancellationToken;
        using var place = await (admission ?? Usual).EnterAsync(end);
        var grader = new SubmissionGrader(new GradingOptions(), TimeProvider.System) { Rests = place.Rest };
        var graded = await grader.GradeAsync(
            assignment,
            new FolderSubmission(Path.GetFileName(folder), folder),
            only,
            begins: null,
            end
        );
        if (graded.Report.Error is { } error && error.Contains("is not installed", StringComparison.Ordinal))
        {
            Assert.Ignore(error);
        }

        return graded;
    }

    // A homework's references lie together, and not every one has a client.
    private static IEnumerable<string> References(Assignment assignment) =>
        Directory
            .GetDirectories(Path.Combine(Repository.Root, "reference", assignment.Homework))
            .Where(assignment.IsIn);

    private static Func<Assignment, IEnumerable<string>> InZoo(string part) =>
        assignment => Directory.GetDirectories(Path.Combine(Root, part, assignment.Id));

    private static IEnumerable<ZooServer> Read(
        Func<Assignment, IEnumerable<string>> folders,
        Func<string, IReadOnlyList<string>> verdict
    ) =>
        from assignment in Catalogue.All
        from folder in folders(assignment).Order(StringComparer.Ordinal)
        let lines = verdict(folder)
        let causes = lines.Where(line => line.StartsWith(CauseWord, StringComparison.Ordinal))
        select new ZooServer(
            assignment,
            folder,
            [.. lines.Except(causes).Except([ClockWord, SlowWord, HastyWord])],
            [.. causes.Select(line => line[CauseWord.Length..])]
        )
        {
            GoesByAClock = lines.Contains(ClockWord),
            IsSlow = lines.Contains(SlowWord),
            IsHasty = lines.Contains(HastyWord),
        };

    private static List<string> ReadLines(string path) =>
        [.. File.ReadLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('#'))];
}

/// <summary>A server with a known verdict.</summary>
/// <param name="Assignment">What it was written for.</param>
/// <param name="Folder">Where it is.</param>
/// <param name="Fails">The ids of the checks that it fails, exactly.</param>
/// <param name="Causes">The ids of the causes behind them, exactly; none where it is a bug of its own.</param>
internal sealed record ZooServer(
    Assignment Assignment,
    string Folder,
    IReadOnlyList<string> Fails,
    IReadOnlyList<string> Causes
)
{
    /// <summary>Whether how fast it is served decides what it does, so that what it says may differ, and its verdict not.</summary>
    public bool GoesByAClock { get; init; }

    /// <summary>Whether it gives up sooner than a busy machine answers, so that its verdict holds on a quiet one.</summary>
    public bool IsHasty { get; init; }

    /// <summary>Whether grading it takes minutes.</summary>
    public bool IsSlow { get; init; }

    public override string ToString() => $"{Assignment.Id}, {Path.GetFileName(Folder)}";
}
