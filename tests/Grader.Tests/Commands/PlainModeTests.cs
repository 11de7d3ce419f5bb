using Grader.Tests.Support;

namespace Grader.Tests.Commands;

/// <summary>What macOS and Windows give, forced on this machine; graders in plain mode wait for each other's loopback.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class PlainModeTests
{
    private static readonly Dictionary<string, string?> Plain = new() { ["GRADER_HOST"] = "plain" };

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [Test]
    public async Task A_right_server_gets_every_point_that_there_is()
    {
        var run = await CheckAsync(Repository.PythonReference);

        Assert.That(run.ExitCode, Is.Zero, run.Stdout);
        Assert.That(run.Stdout, Does.StartWith("python, echo: 93 of 93 points, 11 of 11 extra\n"));
    }

    [Test]
    public async Task What_needs_the_kernels_view_is_skipped_by_name_and_not_counted()
    {
        var run = await CheckAsync(
            Repository.PythonReference,
            "--only",
            "slow-reader",
            "bounded-memory",
            "closes-connections"
        );

        var skipped = run.Stdout.Split('\n').Where(line => line.StartsWith("  -", StringComparison.Ordinal)).ToList();
        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(
            skipped,
            Has.Count.EqualTo(3).And.All.EndsWith("skipped since plain mode cannot look into a server")
        );
        Assert.That(skipped, Has.All.Contains("0/0"));
        Assert.That(
            run.Stdout,
            Does.StartWith("python, echo: 15 of 15 points, 0 of 0 extra\n")
                .Or.StartWith("python, echo: 15 of 15 points\n")
        );
    }

    [Test]
    public async Task Silence_is_told_from_slowness_by_processor_time_and_patience()
    {
        var run = await CheckAsync(Repository.Fixture("truncates-and-dies-on-reset"), "--only", "long-message");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Stdout, Does.Contain("then silence").And.Contain("server    is running and waits"));
    }

    [Test]
    public async Task Another_mode_is_exit_code_2_with_a_remedy()
    {
        var run = await GraderProgram.RunAsync(
            Repository.Root,
            new Dictionary<string, string?> { ["GRADER_HOST"] = "plan" },
            "list"
        );

        Assert.That(
            (run.ExitCode, run.Stdout, run.Stderr),
            Is.EqualTo(
                (
                    2,
                    "",
                    "grader: environment: GRADER_HOST is \"plan\"; it must be \"plain\" or \"shared\", or not be set.\n"
                )
            )
        );
    }

    private static Task<ProgramRun> CheckAsync(string folder, params string[] arguments) =>
        GraderProgram.RunAsync(Repository.Root, Plain, ["check", "echo", folder, .. arguments]);
}
