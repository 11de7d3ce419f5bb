using System.Text;
using Grader.Hosting;
using Grader.Launching;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

/// <summary>What goes wrong on our side or the machine's is an error with its reason, and never costs a point.</summary>
internal sealed class OwnersTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequireLinux()
    {
        Machine.RequireLinux();
        Machine.RequirePython();
    }

    [SetUp]
    public void MakeClass()
    {
        _folder.MakeFolder("tmp");
        _folder.Write(
            "grading.json",
            """{ "submissions": "class/{student}/{assignment}", "sandbox": "auto", "limits": { "start": "00:00:30" } }"""
        );
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("[]", TestName = "A server that finds the disk full costs its student nothing")]
    [TestCase(
        """[["sh", "-c", "head -c 8000000 /dev/zero 2> /dev/null > log"]]""",
        TestName = "A build that finds the disk full costs its student nothing"
    )]
    public async Task A_full_disk(string build)
    {
        Machine.RequireOwnNetworks();
        _folder.Add(Repository.Fixture("writes-a-log"), "class/anna/echo");
        _folder.Write(
            "class/anna/echo/submission.json",
            $$"""{ "build": {{build}}, "server": ["python3", "echo_server.py", "{port}"] }"""
        );

        var run = await BatchAsync("mount -t tmpfs -o size=2m none tmp; export TMPDIR=$PWD/tmp GRADER_SANDBOX=off");

        await ExpectErrorAsync(run, "the disk of the temporary folder is full");
    }

    [Test]
    public async Task A_report_that_finds_the_disk_full_costs_its_student_nothing()
    {
        Machine.RequireOwnNetworks();
        _folder.Add(Repository.Fixture("crashes-at-start"), "class/anna/echo");
        _folder.MakeFolder("reports");

        var run = await BatchAsync("mount -t tmpfs -o size=8k,nr_inodes=6 none reports");

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Stdout + run.Stderr);
        Assert.That(run.Stdout + run.Stderr, Does.Contain("No space left on device"));
        Assert.That(run.Stdout, Does.Not.Contain("anna             echo        0 of 100"));
    }

    [Test]
    public async Task A_folder_of_reports_that_cannot_be_written_is_told_before_anything_runs()
    {
        Machine.RequireOwnNetworks();
        _folder.Add(Repository.Fixture("crashes-at-start"), "class/anna/echo");
        _folder.MakeFolder("reports");

        var run = await BatchAsync("mount --bind reports reports; mount -o remount,ro,bind reports");

        Assert.That((run.ExitCode, run.Stdout), Is.EqualTo((2, "")));
        Assert.That(
            run.Stderr,
            Does.Match(
                "^grader: .*reports: reports cannot be written there; name a folder of yours under \"reports\"\\.\n$"
            )
        );
    }

    [Test]
    public async Task An_interpreter_that_vanishes_costs_nobody_anything_and_stops_nobody()
    {
        const string Interpreter = "vanishing-python";
        var program = _folder.Write($"bin/{Interpreter}", "#!/bin/sh\nexec python3 \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        foreach (var student in new[] { "anna", "bob" })
        {
            _folder.Add(Repository.Fixture("hard-codes-10000"), $"class/{student}/echo");
            _folder.Write(
                $"class/{student}/echo/submission.json",
                $$"""{ "server": ["{{Interpreter}}", "echo_server.py", "{port}"] }"""
            );
        }

        _folder.Add(Repository.Fixture("crashes-at-start"), "class/carl/echo");
        var seen = new StringBuilder();
        var task = GraderProgram
            .Wrap(
                _folder.Path,
                new Dictionary<string, string?>
                {
                    ["PATH"] = $"{_folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}",
                    ["GRADER_SANDBOX"] = "off",
                },
                "batch",
                "--jobs",
                "1"
            )
            .WithStandardOutputPipe(
                PipeTarget.Create(
                    async (stream, token) =>
                    {
                        using var reader = new StreamReader(stream, Encoding.UTF8);
                        while (await reader.ReadLineAsync(token) is { } line)
                        {
                            seen.Append(line).Append('\n');
                            if (line.Contains("anna", StringComparison.Ordinal))
                            {
                                File.Delete(program);
                            }
                        }
                    }
                )
            )
            .ExecuteAsync(GraderProgram.Deadline());

        var result = await task.Task;

        Assert.That(result.ExitCode, Is.EqualTo(3), seen.ToString());
        Assert.That(seen.ToString(), Does.Match($"\n! bob, echo: .*{Interpreter} is not installed"));
        var rows = await File.ReadAllLinesAsync(_folder["reports/grades.csv"]);
        Assert.That(
            rows[1..],
            Is.EqualTo(["anna,echo,100,100,12,graded", "bob,echo,,100,,error", "carl,echo,0,100,0,graded"])
        );
    }

    [Test]
    public async Task A_machine_that_allows_few_files_costs_nobody_anything()
    {
        _folder.Add(Repository.Fixture("crashes-at-start"), "class/anna/echo");

        var run = await BatchAsync("ulimit -n 400");

        await ExpectErrorAsync(run, "a program may hold 400 files open here");
    }

    [Test]
    public async Task A_grader_that_runs_out_of_files_costs_nobody_anything()
    {
        foreach (var number in Enumerable.Range(0, 12))
        {
            _folder.Add(Repository.Fixture("hard-codes-10000"), $"class/student-{number:00}/echo");
        }

        // Enough for each server, and not for the clients of twelve.
        var run = await BatchAsync("ulimit -n 520", "--jobs", "12");

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Stdout + run.Stderr);
        Assert.That(run.Stdout, Does.Contain("too many files are open at once"));
        var rows = await File.ReadAllLinesAsync(_folder["reports/grades.csv"]);
        Assert.That(rows.Skip(1), Has.All.Matches("^student-[0-9]+,echo,(100,100,[0-9]+,graded|,100,,error)$"));
    }

    [TestCase("gcc: fatal error: Killed signal terminated program cc1", 1)]
    [TestCase("cannot create x: No space left on device", 1)]
    [TestCase("nothing of interest", 137)]
    public async Task A_build_that_the_machine_ended_costs_its_student_nothing(string says, int code)
    {
        _folder.Write("class/anna/echo/echo_server.py", "");
        _folder.Write(
            "class/anna/echo/submission.json",
            $$"""{ "build": [["sh", "-c", "echo '{{says}}' >&2; exit {{code}}"]], "server": ["python3", "echo_server.py", "{port}"] }"""
        );

        var run = await BatchAsync(":");

        await ExpectErrorAsync(run, "the build");
    }

    [Test]
    public async Task Where_our_own_server_fails_nothing_in_its_language_is_judged()
    {
        Machine.RequireProgram("perl");
        _folder.Add(Repository.Fixture("hard-codes-10000"), "class/anna/echo");
        _folder.Write("class/bob/echo/echo_server.pl", "exit 1;");
        // A Python that is there, and cannot run a server.
        _folder.Write("bin/python3", "#!/bin/sh\nexit 1\n");

        var run = await BatchAsync("chmod +x bin/python3; export PATH=$PWD/bin:$PATH");

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Stdout + run.Stderr);
        Assert.That(
            run.Stdout,
            Does.Contain(
                "\n! anna, echo: our own echo server in Python does not pass on this machine (it fails starts, short-message, "
            )
        );
        var rows = await File.ReadAllLinesAsync(_folder["reports/grades.csv"]);
        Assert.That(rows[1..], Is.EqualTo(["anna,echo,,100,,error", "bob,echo,0,100,0,graded"]));
    }

    private async Task ExpectErrorAsync(ProgramRun run, string reason)
    {
        Assert.That(run.ExitCode, Is.EqualTo(3), run.Stdout + run.Stderr);
        var rows = await File.ReadAllLinesAsync(_folder["reports/grades.csv"]);
        Assert.That(rows[1..], Is.EqualTo(["anna,echo,,100,,error"]), run.Stdout);
        Assert.That(await File.ReadAllTextAsync(_folder["reports/anna/echo/report.txt"]), Does.Contain(reason));
    }

    // In a mount namespace of its own, so that what is mounted goes with the grader.
    private Task<ProgramRun> BatchAsync(string first, params string[] options)
    {
        var grader = GraderProgram.Wrap(_folder.Path, new Dictionary<string, string?>(), ["batch", .. options]);
        string[] shell = ["sh", "-e", "-c", $"{first}; exec \"$@\"", "sh", grader.TargetFilePath, .. grader.Arguments];
        string[] words = Hosts.HasOwnNetworks ? ["unshare", "-m", .. shell] : shell;
        return ProgramRun.OfAsync(
            Cli.Wrap(words[0])
                .WithArguments(words[1..])
                .WithWorkingDirectory(_folder.Path)
                .WithEnvironmentVariables(grader.EnvironmentVariables),
            GraderProgram.Deadline()
        );
    }
}
