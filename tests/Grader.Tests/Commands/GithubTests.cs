using Grader.Tests.Support;

namespace Grader.Tests.Commands;

/// <summary>A GitHub job obeys what the grader tells it, and nothing that a student wrote.</summary>
internal sealed class GithubTests
{
    private static readonly string[] Silent = ["stop-commands", "resume"];

    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void The_runner_would_obey_what_the_fixture_writes()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Fixture("issues-workflow-commands"), "echo_server.py"));

        Assert.That(
            Names(source).Take(8),
            Is.EqualTo(["error", "warning", "add-mask", "stop-commands", "resume", "error", "stop-commands", "resume"])
        );
        Assert.That(Names("a\r::error::b\r\n ##[debug]c"), Is.EqualTo(["error", "debug"]));
    }

    [TestCase("GITHUB_ACTIONS", "--verbose")]
    [TestCase("GITHUB_ACTIONS", "--min-score", "1000")]
    [TestCase("NONE", "--verbose", "--report", "github=summary.md")]
    public async Task A_server_that_writes_commands_issues_none(string variable, params string[] options)
    {
        _folder.Add(Repository.Fixture("issues-workflow-commands"), "work");

        var run = await GradeAsync(
            new Dictionary<string, string?> { [variable] = "true" },
            ["check", "echo", "work", "--only", "short-message", "several-messages", .. options]
        );

        var expected = options.Contains("--report") ? [.. Silent, "error", "error"] : Silent;
        Assert.That(run.Stdout, Does.Contain("::error::pwned").And.Contain("and then ##[error]pwned"));
        Assert.That(Names(run.Stdout), Is.EqualTo(expected), run.Stdout);
        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Stderr, Is.Empty);
    }

    [Test]
    public async Task Names_of_students_issue_no_commands()
    {
        Machine.RequireLinux();
        foreach (var name in new[] { "::error::pwned", "##[error]pwned", "x\n::error::pwned", "\t##[stop-commands]x" })
        {
            _folder.Add(Repository.Fixture("names-a-missing-interpreter"), $"class/{name}/echo");
        }

        _folder.Write("grading.json", """{ "submissions": "class/{student}/{assignment}", "sandbox": "auto" }""");

        var run = await GradeAsync(OnGithub(), "batch", "--report", "github");

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(Names(run.Stdout), Is.EqualTo([.. Silent, "error", "error", "error", "error"]), run.Stdout);
        Assert.That(
            RunnerCommands.Obeyed(run.Stdout).Skip(2).Select(command => command.Data),
            Is.All.StartsWith("submission.json: no-such-interpreter is not installed")
        );
    }

    [TestCase("##[error]pwned")]
    [TestCase("x\n::error::pwned")]
    [TestCase("x\r##[stop-commands]x")]
    public async Task Errors_issue_no_commands(string name)
    {
        var run = await GradeAsync(OnGithub(), "check", "echo", name);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(Names(run.Stderr), Is.Empty);
        Assert.That(run.Stdout, Is.Empty);
        Assert.That(run.Stderr, Does.Match("^grader: .*pwned|x.*: no such folder; .*\n$"));
    }

    [TestCase("list echo --markdown", "| Lesson |")]
    [TestCase("schema", "{")]
    public async Task What_is_ours_alone_goes_to_a_file_as_it_is(string command, string start)
    {
        var run = await GradeAsync(OnGithub(), command.Split(' '));

        Assert.That(run.Stdout, Does.StartWith(start));
        Assert.That(run.Stdout, Does.Not.Contain("::"));
    }

    [Test]
    public async Task A_failed_check_is_an_annotation_at_its_file_and_stands_in_the_summary_of_the_step()
    {
        _folder.Add(Repository.Fixture("truncates-and-dies-on-reset"), "work");
        _folder.Write("summary.md", "# Before\n");

        var run = await GradeAsync(
            OnGithub(),
            ["check", "echo", "work", "--only", "long-message", "idle-client", "--report", "github"]
        );

        var annotation = RunnerCommands.Obeyed(run.Stdout)[^1];
        Assert.That(annotation.Name, Is.EqualTo("error"), "the failed extra is none");
        Assert.That(annotation.Properties, Is.EqualTo("file=work/echo_server.py,title=long-message 0/10"));
        Assert.That(annotation.Data, Does.StartWith("The server does not pass: returns a message longer than"));
        Assert.That(
            annotation.Data,
            Does.Contain("\nexpected  \"").And.Contain("\ntry       Send what a receive gave you")
        );
        Assert.That(
            await File.ReadAllTextAsync(_folder["summary.md"]),
            Does.StartWith("# Before\n\n# work, echo: 5 of 15 points, 0 of 3 extra\n")
                .And.Contain("**Try:** Send what a receive gave you")
        );
    }

    [Test]
    public async Task A_file_outside_of_the_workspace_is_not_named()
    {
        var run = await GradeAsync(
            OnGithub(),
            [
                "check",
                "echo",
                Repository.Fixture("truncates-and-dies-on-reset"),
                "--only",
                "long-message",
                "--report",
                "github",
            ]
        );

        Assert.That(RunnerCommands.Obeyed(run.Stdout)[^1].Properties, Is.EqualTo("title=long-message 0/10"));
    }

    private static IEnumerable<string> Names(string output) =>
        RunnerCommands.Obeyed(output).Select(command => command.Name);

    private Dictionary<string, string?> OnGithub() =>
        new()
        {
            ["GITHUB_ACTIONS"] = "true",
            ["CI"] = "true",
            ["GITHUB_STEP_SUMMARY"] = _folder["summary.md"],
            ["GITHUB_WORKSPACE"] = _folder.Path,
        };

    private Task<ProgramRun> GradeAsync(Dictionary<string, string?> variables, params string[] arguments) =>
        GraderProgram.RunAsync(_folder.Path, variables, arguments);
}
