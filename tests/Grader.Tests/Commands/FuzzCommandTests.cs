using Grader.Tests.Support;

namespace Grader.Tests.Commands;

internal sealed class FuzzCommandTests
{
    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [Test]
    public async Task What_goes_wrong_is_cut_down_and_written_as_a_script()
    {
        using var folder = new TemporaryFolder();

        var run = await FuzzAsync("strips-whitespace", "--seed", "6", "--reproduce", folder.Path);

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((1, "")));
        Assert.That(Directory.GetFiles(folder.Path).Select(Path.GetFileName), Is.EqualTo(["conversation-6.py"]));
        await Verifier.Verify(run.Stdout.Replace(folder.Path, "FOLDER", StringComparison.Ordinal));
    }

    [Test]
    public async Task A_right_server_is_exit_code_0()
    {
        var run = await GraderProgram.RunAsync("fuzz", Repository.PythonReference, "--seed", "1", "--runs", "5");

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        Assert.That(run.Stdout, Does.Contain("5 random conversations from seed 1").And.Contain("✔ all went right"));
    }

    [Test]
    public async Task What_does_not_start_says_why()
    {
        var run = await GraderProgram.RunAsync("fuzz", "echo", Repository.Fixture("crashes-at-start"));

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((1, "")));
        Assert.That(run.Stdout, Does.Contain("✘ does not start").And.Contain("before it waited for clients"));
    }

    [TestCase("--runs must be a number from 1 to 1000000. See grader fuzz --help.", "--runs", "0")]
    [TestCase("--seed x: that is no number. See grader fuzz --help.", "--seed", "x")]
    [TestCase("--seed must be a number from 0 to 2147483647. See grader fuzz --help.", "--seed", "-1")]
    [TestCase("--reproduce: the name is empty; name a folder that can be written to.", "--reproduce", "")]
    [TestCase("Unrecognized command or argument '--sed'. See grader fuzz --help.", "--sed")]
    public async Task What_cannot_be_read_is_told_in_one_line(string message, params string[] words)
    {
        var run = await GraderProgram.RunAsync(["fuzz", "echo", Repository.PythonReference, .. words]);

        Assert.That((run.ExitCode, run.Stdout, run.Stderr), Is.EqualTo((2, "", $"grader: {message}\n")));
    }

    private static Task<ProgramRun> FuzzAsync(string wrong, params string[] words) =>
        GraderProgram.RunAsync([
            "fuzz",
            "echo",
            Path.Combine(Repository.Root, "tests", "Zoo", "wrong", "echo", wrong),
            .. words,
        ]);
}
