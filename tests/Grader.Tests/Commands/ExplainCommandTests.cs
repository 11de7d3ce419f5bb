using Grader.Tests.Support;

namespace Grader.Tests.Commands;

internal sealed class ExplainCommandTests
{
    [Test]
    public async Task A_check_is_explained_with_a_right_and_a_wrong_example()
    {
        var run = await GraderProgram.RunAsync("explain", "several-messages");

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        await Verifier.Verify(run.Stdout);
    }

    [Test]
    public async Task A_check_of_several_assignments_is_explained_for_each_or_for_one()
    {
        var both = await GraderProgram.RunAsync("explain", "whitespace");
        var one = await GraderProgram.RunAsync("explain", "whitespace", "sum");

        var swapped = await GraderProgram.RunAsync("explain", "sum", "whitespace");

        Assert.That(swapped, Is.EqualTo(one));
        Assert.That(both.Stdout, Does.Contain("whitespace (echo, ").And.Contain("whitespace (sum, "));
        Assert.That(one.Stdout, Does.StartWith("whitespace (sum, ").And.Not.Contain("(echo, "));
    }

    [TestCase(
        "shortmessage",
        null,
        "grader: check or cause \"shortmessage\" is unknown; did you mean \"short-message\"?\n"
    )]
    [TestCase("decimals", "echo", "grader: check or cause \"decimals\" is unknown; it is one of sum.\n")]
    [TestCase(
        "decimals",
        "add",
        "grader: assignment \"add\" is unknown; known: echo, echo-client, echo-pair, sum, sum-client, sum-pair.\n"
    )]
    public async Task An_unknown_name_is_exit_code_2_with_a_remedy(string check, string? assignment, string message)
    {
        string[] where = assignment is null ? [] : [assignment];

        var run = await GraderProgram.RunAsync(["explain", check, .. where]);

        Assert.That((run.ExitCode, run.Stdout), Is.EqualTo((2, "")));
        Assert.That(run.Stderr, Does.StartWith(message));
        Assert.That(run.Stderr.TrimEnd('\n'), Does.Not.Contain("\n"));
    }
}
