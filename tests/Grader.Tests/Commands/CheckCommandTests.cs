using System.Text.RegularExpressions;
using Grader.Launching;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

internal sealed class CheckCommandTests
{
    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [Test]
    public async Task A_right_server_is_exit_code_0_and_only_what_was_asked_for_is_run()
    {
        var run = await CheckAsync(Repository.PythonReference, "--only", "long-message");

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        await Verifier.Verify(run.Stdout);
    }

    [Test]
    public async Task A_failed_check_is_exit_code_1()
    {
        var run = await CheckAsync(Repository.Fixture("truncates-and-dies-on-reset"), "--only", "long-message");

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((1, "")));
        await Verifier.Verify(run.Stdout);
    }

    [Test]
    public async Task Behind_the_checks_may_stand_what_they_are_run_on()
    {
        var run = await GraderProgram.RunAsync("check", "--only", "starts", "echo", Repository.PythonReference);

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        Assert.That(run.Stdout, Does.StartWith("python, echo: 5 of 5 points\n"));
    }

    [Test]
    public async Task A_failed_extra_costs_no_exit_code()
    {
        var run = await CheckAsync(Repository.Fixture("truncates-and-dies-on-reset"), "--only", "idle-client");

        Assert.That(run.Stdout, Does.Contain("✘ serves a client while others stay silent"));
        Assert.That(run.ExitCode, Is.Zero);
    }

    [Test]
    public async Task What_goes_over_the_wire_is_a_file_for_tcpdump()
    {
        Machine.RequireOwnNetworks();
        Machine.RequireProgram("tcpdump");
        using var folder = new TemporaryFolder();

        var run = await CheckAsync(Repository.PythonReference, "--only", "short-message", "--pcap", folder["a.pcap"]);

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        var dump = await ProgramRun.OfAsync(
            Cli.Wrap("tcpdump").WithArguments(["-n", "-A", "-r", folder["a.pcap"]]),
            GraderProgram.Deadline()
        );
        Assert.That(dump.ExitCode, Is.Zero, dump.Stderr);
        // One connection, each packet once: opened and closed from both sides, and the message in both directions.
        Assert.That(Regex.Count(dump.Stdout, @"Flags \[S"), Is.EqualTo(2), dump.Stdout);
        Assert.That(Regex.Count(dump.Stdout, @"Flags \[F"), Is.EqualTo(2), dump.Stdout);
        Assert.That(Regex.Count(dump.Stdout, @"Flags \[P.*length 13\b"), Is.EqualTo(2), dump.Stdout);
    }

    [TestCase(
        "plain",
        "a.pcap",
        "servers have no network of their own here, since GRADER_HOST is \"plain\"; see grader doctor"
    )]
    [TestCase("", "no/where.pcap", "Could not find a part of the path")]
    public async Task Packets_that_cannot_be_written_are_told_before_anything_runs(
        string host,
        string file,
        string told
    )
    {
        using var folder = new TemporaryFolder();

        var run = await GraderProgram.RunAsync(
            folder.Path,
            new Dictionary<string, string?> { ["GRADER_HOST"] = host },
            ["check", "echo", Repository.PythonReference, "--pcap", file]
        );

        Assert.That((run.ExitCode, run.Stdout), Is.EqualTo((2, "")));
        Assert.That(run.Stderr, Does.StartWith($"grader: --pcap {file}: {told}"));
    }

    [Test]
    public async Task What_the_machine_lacks_is_exit_code_3()
    {
        var run = await CheckAsync(Repository.Fixture("names-a-missing-interpreter"));

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(
            run.Stdout,
            Does.Match(
                "^names-a-missing-interpreter, echo: not graded\nstarted as submission\\.json\n(Sandbox: .*\n)?\nnot graded +"
                    + "submission.json: no-such-interpreter is not installed on this machine; install it, or correct its name\n$"
            )
        );
    }

    [Test]
    public async Task Without_a_folder_the_one_is_taken_where_the_command_runs_and_its_file_names_tell_the_assignment()
    {
        var run = await GraderProgram.RunAsync(
            Path.Combine(Repository.Root, "reference", "sum", "python"),
            new Dictionary<string, string?>(),
            "check",
            "--only",
            "starts"
        );

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        Assert.That(run.Stdout, Does.StartWith("python, sum: 5 of 5 points\n"));
    }

    [Test]
    public async Task A_single_word_that_is_no_assignment_is_the_folder()
    {
        var run = await GraderProgram.RunAsync("check", Repository.PythonReference, "--only", "starts");

        Assert.That(run.Stdout, Does.StartWith("python, echo: 5 of 5 points\n"), run.Stderr);
    }

    [TestCase(
        new string[0],
        "no file name tells which assignment it is; name it: grader check echo or grader check sum."
    )]
    [TestCase(
        new[] { "echo_server.py", "add_server.py" },
        "the file names fit echo and sum; name the one to check: grader check echo or grader check sum."
    )]
    [TestCase(new[] { "server.py", "main.c" }, "no file name tells which assignment it is; name it: grader check ")]
    public async Task File_names_that_fit_none_or_several_are_exit_code_2(string[] files, string message)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in files)
        {
            await File.WriteAllTextAsync(Path.Combine(folder.Path, file), "");
        }

        var run = await GraderProgram.RunAsync("check", folder.Path);

        Assert.That((run.ExitCode, run.Stdout), Is.EqualTo((2, "")));
        Assert.That(run.Stderr, Does.StartWith($"grader: {folder.Path}: {message}"));
    }

    [TestCase("eco", "grader: assignment \"eco\" is unknown; did you mean \"echo\"?\n")]
    [TestCase("no/such", "grader: no/such: no such folder; name the one that holds your server.\n")]
    public async Task A_single_word_that_is_neither_is_exit_code_2(string word, string message)
    {
        var run = await GraderProgram.RunAsync("check", word);

        Assert.That((run.ExitCode, run.Stdout, run.Stderr), Is.EqualTo((2, "", message)));
    }

    [Test]
    public async Task Transcripts_are_shown_on_demand()
    {
        var run = await CheckAsync(Repository.PythonReference, "--only", "short-message", "--verbose");

        var lines = run.Stdout[run.Stdout.IndexOf("transcript of short-message", StringComparison.Ordinal)..]
            .Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(lines[1], Does.Match(@"^  \d\.\d{3}  client A  connects$"));
            Assert.That(lines[2], Does.Match(@"^  \d\.\d{3}  client A  > ""\S{13,}""$"));
            Assert.That(lines[3], Does.Match(@"^  \d\.\d{3}  client A  < ""\S{13,}""$"));
            Assert.That(lines[2].Split('>', 2)[1], Is.EqualTo(lines[3].Split('<', 2)[1]));
        });
    }

    [Test]
    public async Task Redirected_output_is_plain_and_never_wrapped()
    {
        var run = await CheckAsync(Repository.Fixture("writes-hostile-text"));

        Assert.That(run.Stdout, Has.None.Matches<char>(character => char.IsControl(character) && character != '\n'));
        Assert.That(run.Stdout.Split('\n'), Has.Some.Length.GreaterThan(300));
        Assert.That(run.Stdout, Does.Contain("[click](http://example.invalid)"), "no markup of ours is taken from it");
    }

    private static Task<ProgramRun> CheckAsync(string folder, params string[] options) =>
        GraderProgram.RunAsync(["check", "echo", folder, .. options]);
}
