using Grader.Assignments;
using Grader.Assignments.Echo;
using Grader.Reports;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

internal sealed class CommandLineTests
{
    [TestCase("")]
    [TestCase("check")]
    [TestCase("batch")]
    [TestCase("score")]
    [TestCase("doctor")]
    [TestCase("list")]
    [TestCase("schema")]
    public async Task Help_tells_what_can_be_typed(string command)
    {
        var run = await GraderProgram.RunAsync([
            .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries),
            "--help",
        ]);

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        await Verifier.Verify(run.Stdout);
    }

    [Test]
    public async Task The_version_is_one_line()
    {
        var run = await GraderProgram.RunAsync("--version");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Stdout, Does.Match(@"^\d+\.\d+\.\d+\n$"));
    }

    [Test]
    public async Task Checks_are_listed_in_lines_that_are_never_wrapped()
    {
        var one = await GraderProgram.RunAsync("list", "echo");
        var all = await GraderProgram.RunAsync("list");

        var lists = Catalogue.All.Select(CheckList.RenderText).ToList();
        Assert.That(one, Is.EqualTo(new ProgramRun(0, lists[0], "")));
        Assert.That(all, Is.EqualTo(new ProgramRun(0, string.Join('\n', lists), "")));
        Assert.That(one.Stdout.Split('\n').Max(line => line.Length), Is.GreaterThan(100));
    }

    [Test]
    public async Task The_table_of_a_handout_is_markdown()
    {
        var run = await GraderProgram.RunAsync("list", "echo", "--markdown");

        Assert.That(run, Is.EqualTo(new ProgramRun(0, CheckList.RenderMarkdown(EchoAssignment.Value), "")));
        Assert.That(run.Stdout, Does.Contain("\n| It runs | `starts` | 5 | builds, starts, and listens | "));
    }

    [TestCase("chekc", "grader: command \"chekc\" is unknown; did you mean \"check\"?\n")]
    [TestCase("--nonsense", "grader: Unrecognized command or argument '--nonsense'. See grader --help.\n")]
    [TestCase(
        "check",
        "grader: .: no file name tells which assignment it is; name it: grader check echo or grader check sum.\n"
    )]
    [TestCase(
        "check echo . --nonsense",
        "grader: Unrecognized command or argument '--nonsense'. See grader check --help.\n"
    )]
    [TestCase(
        "check chess",
        "grader: assignment \"chess\" is unknown; known: echo, echo-client, echo-pair, sum, sum-client, sum-pair.\n"
    )]
    [TestCase("check ecco", "grader: assignment \"ecco\" is unknown; did you mean \"echo\"?\n")]
    [TestCase("list ecco", "grader: assignment \"ecco\" is unknown; did you mean \"echo\"?\n")]
    [TestCase("check echo no/where", "grader: no/where: no such folder; name the one that holds your server.\n")]
    [TestCase(
        "check echo . --only unicod",
        "grader: --only unicod: echo has no such check; did you mean \"unicode\"?\n"
    )]
    [TestCase("batch --jobs 0", "grader: --jobs must be a number from 1 to 64. See grader batch --help.\n")]
    [TestCase(
        "batch --config none.json",
        "grader: none.json: no such file; name yours with --config, or run where grading.json lies.\n"
    )]
    public async Task Wrong_use_is_one_line_and_exit_code_2(string arguments, string message)
    {
        var run = await GraderProgram.RunAsync(arguments.Split(' '));

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Stderr, Does.StartWith(message));
        Assert.That(run.Stderr.Count(character => character == '\n'), Is.EqualTo(1), run.Stderr);
        Assert.That(run.Stdout, Is.Empty);
    }
}
