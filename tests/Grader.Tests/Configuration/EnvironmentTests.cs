using Grader.Tests.Support;

namespace Grader.Tests.Configuration;

/// <summary>The environment goes over grading.json; it belongs to a whole process, so each test starts one.</summary>
internal sealed class EnvironmentTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [SetUp]
    public void MakeClass()
    {
        _folder.Add(Repository.Fixture("crashes-at-start"), "class/anna/echo");
        _folder.Write(
            "grading.json",
            """{ "submissions": "class/{student}/{assignment}", "sandbox": "auto", "jobs": 3 }"""
        );
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("GRADER_jobs", "7", "Course: 1 submission, 7 at a time")]
    [TestCase("GRADER_JOBS", "7", "Course: 1 submission, 7 at a time")]
    [TestCase("GRADER_course", "Evening class", "Evening class: 1 submission, 3 at a time")]
    [TestCase("GRADER_limits__start", "00:00:05", "Course: 1 submission, 3 at a time")]
    public async Task A_variable_goes_over_the_file(string name, string value, string firstLine)
    {
        var run = await BatchAsync(name, value);

        Assert.That(run.ExitCode, Is.Zero, run.Stderr);
        Assert.That(run.Stdout.Split('\n')[0], Is.EqualTo(firstLine));
    }

    [TestCase("GRADER_jobs", "0", "GRADER_jobs is \"0\"; it must be a whole number from 1 to 64.")]
    [TestCase(
        "GRADER_limits__start",
        "10",
        "GRADER_limits__start is \"10\"; it must be a time longer than zero, for example \"00:00:10\" for ten seconds."
    )]
    [TestCase(
        "GRADER_HOSTS",
        "x",
        "GRADER_HOSTS is unknown; known: $schema, course, submissions, roster, reports, jobs, sandbox, flaky, limits, assignments, packages, recipes."
    )]
    [TestCase("GRADER_job", "7", "GRADER_job is unknown; did you mean \"jobs\"?")]
    public async Task A_mistake_in_a_variable_names_the_variable(string name, string value, string message)
    {
        var run = await BatchAsync(name, value);

        Assert.That(run, Is.EqualTo(new ProgramRun(2, "", $"grader: environment: {message}\n")));
    }

    [TestCase("GRADER_HOST", "shared", Description = "says how servers are kept apart, and nothing of the course")]
    [TestCase("_GRADER_NAMESPACE", "1", Description = "set for an ordinary user's grader, which starts itself over")]
    [TestCase("_GRADER_SERVER", "cookie", Description = "set for a server, which may be a shell that runs the grader")]
    public async Task What_the_grader_sets_for_itself_is_no_configuration(string name, string value)
    {
        var run = await BatchAsync(name, value);

        Assert.That(run.Stderr, Is.Empty);
        Assert.That(run.ExitCode, Is.Zero);
    }

    private Task<ProgramRun> BatchAsync(string name, string value) =>
        GraderProgram.RunAsync(_folder.Path, new Dictionary<string, string?> { [name] = value }, "batch");
}
