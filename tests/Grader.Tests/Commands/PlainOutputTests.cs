using Grader.Launching;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

/// <summary>Where nobody watches, nothing moves, and no line is wrapped or cut, however narrow the place.</summary>
internal sealed class PlainOutputTests
{
    private static readonly string[] Runs =
    [
        "--help",
        "check --help",
        "batch --help",
        "list",
        "list echo --markdown",
        "check chess",
        "batch --config none.json",
        "check echo work --only long-message",
        "check echo work --only long-message --report github=summary.md --min-score 60",
        "batch --jobs 1 --again",
    ];

    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [SetUp]
    public void MakeClass()
    {
        _folder.Add(Repository.Fixture("truncates-and-dies-on-reset"), "work");
        _folder.Add(Repository.Fixture("crashes-at-start"), "class/a-student-with-a-name-longer-than-others/echo");
        _folder.MakeFolder("class/carl");
        _folder.Write("grading.json", """{ "submissions": "class/{student}/{assignment}", "sandbox": "auto" }""");
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCaseSource(nameof(Runs))]
    public async Task A_pipe_gets_the_same_whatever_the_width_and_the_locale(string arguments)
    {
        var wide = await RunAsync([], arguments);
        var narrow = await RunAsync(
            new()
            {
                ["COLUMNS"] = "40",
                ["TERM"] = "xterm-256color",
                ["LC_ALL"] = "de_DE.ISO-8859-1",
            },
            arguments
        );

        RequirePlain(wide.Stdout + wide.Stderr);
        Assert.That(narrow.ExitCode, Is.EqualTo(wide.ExitCode));
        Assert.That(WithoutChance(narrow.Stdout), Is.EqualTo(WithoutChance(wide.Stdout)));
        Assert.That(narrow.Stderr, Is.EqualTo(wide.Stderr));
    }

    [TestCaseSource(nameof(Runs))]
    public async Task The_terminal_of_a_ci_job_gets_what_a_pipe_gets(string arguments)
    {
        Machine.RequireLinux();
        var piped = await RunAsync([], arguments);

        var terminal = await ProgramRun.OfAsync(
            OnTerminal(GraderProgram.Wrap(_folder.Path, InCi(), arguments.Split(' '))),
            GraderProgram.Deadline()
        );

        Assert.That(terminal.ExitCode, Is.EqualTo(piped.ExitCode), terminal.Stderr);
        Assert.That(
            WithoutChance(terminal.Stdout.Replace("\r\n", "\n", StringComparison.Ordinal)),
            Is.EqualTo(WithoutChance(piped.Stdout + piped.Stderr))
        );
    }

    private static Dictionary<string, string?> InCi() => new() { ["CI"] = "true", ["TERM"] = "xterm-256color" };

    private static Command OnTerminal(Command command) =>
        Cli.Wrap("python3")
            .WithArguments([
                Path.Combine(Repository.Fixture("on-a-terminal"), "on_a_terminal.py"),
                command.TargetFilePath,
                .. command.Arguments,
            ])
            .WithWorkingDirectory(command.WorkingDirPath)
            .WithEnvironmentVariables(command.EnvironmentVariables);

    private static void RequirePlain(string output)
    {
        Assert.That(output, Has.None.Matches<char>(character => char.IsControl(character) && character != '\n'));
        Assert.That(output.Split('\n'), Has.Some.Length.GreaterThan(40));
    }

    // How long it took, and the word that ends a stop of commands, differ from run to run.
    private static string WithoutChance(string output) =>
        System.Text.RegularExpressions.Regex.Replace(output, @" +\d+\.\d s\n|[0-9a-f]{32}", "\n");

    private Task<ProgramRun> RunAsync(Dictionary<string, string?> variables, string arguments) =>
        GraderProgram.RunAsync(_folder.Path, variables, arguments.Split(' '));
}
