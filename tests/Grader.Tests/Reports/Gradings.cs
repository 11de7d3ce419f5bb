using Grader.Assignments.Echo;
using Grader.Launching;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Reports;

/// <summary>Real gradings of five kinds of submission, each made once and rendered by many tests.</summary>
internal static class Gradings
{
    public const string Right = "right";
    public const string Wrong = "wrong";
    public const string Crashed = "crashed-at-start";
    public const string BuildFailed = "build-failed";
    public const string EnvironmentError = "environment-error";

    public static readonly string[] All = [Right, Wrong, Crashed, BuildFailed, EnvironmentError];

    private static readonly Dictionary<string, Lazy<Task<Graded>>> Made = All.ToDictionary(
        name => name,
        name => new Lazy<Task<Graded>>(() => GradeAsync(name))
    );

    public static Task<Graded> GetAsync(string name)
    {
        Machine.RequirePython();
        return Made[name].Value;
    }

    public static async Task<Report> ReportAsync(string name) => (await GetAsync(name)).Report;

    /// <summary>A report as if it were of a grading.</summary>
    public static Graded Untimed(Report report) => new(report, new Dictionary<string, double>(), "");

    /// <summary>Grades it anew.</summary>
    public static Task<Graded> GradeAsync(string name, GradingOptions? options = null) =>
        Task.Run(() =>
            new SubmissionGrader(options ?? new GradingOptions(), TimeProvider.System).GradeAsync(
                EchoAssignment.Value,
                new Submission(name, FolderOf(name)),
                only: null,
                progress: null,
                CancellationToken.None
            )
        );

    private static string FolderOf(string name) =>
        name switch
        {
            Right => Repository.PythonReference,
            Wrong => Repository.Fixture("truncates-and-dies-on-reset"),
            Crashed => Repository.Fixture("crashes-at-start"),
            BuildFailed => Repository.Fixture("does-not-compile"),
            _ => Repository.Fixture("names-a-missing-interpreter"),
        };
}
