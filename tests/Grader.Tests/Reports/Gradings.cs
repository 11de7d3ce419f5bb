using Grader.Assignments.Echo;
using Grader.Intake;
using Grader.Sandboxing;
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

    /// <summary>Grades it anew, and says that it was in a sandbox: approved texts are of a machine with one.</summary>
    public static Task<Graded> GradeAsync(string name, GradingOptions? options = null) =>
        Task.Run(async () =>
        {
            var grader = new SubmissionGrader(options ?? new GradingOptions(), TimeProvider.System);
            var graded = await grader.GradeAsync(
                EchoAssignment.Value,
                new FolderSubmission(name, FolderOf(name)),
                only: null,
                begins: null,
                CancellationToken.None
            );
            return graded with { Report = graded.Report with { Sandbox = SandboxChoice.Whole } };
        });

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
