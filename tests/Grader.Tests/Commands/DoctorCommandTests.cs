using Grader.Tests.Support;

namespace Grader.Tests.Commands;

internal sealed class DoctorCommandTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task A_language_is_tried_with_right_and_wrong_servers()
    {
        var run = await GraderProgram.RunAsync("doctor", "python");

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")), run.Stdout);
        Assert.That(run.Stdout, Does.StartWith("network    "));
        Assert.That(run.Stdout, Does.Match("\nsandbox    (bubblewrap|none, since .*rights of whoever grades)"));
        Assert.That(
            run.Stdout,
            Does.Match(
                @"\n✔ Python  3[0-9.]+ +build +[0-9.]+ s; start +[0-9.]+ s; echo 100 of 100 .*; sum 100 of 100 .*; a wrong server is found out\n\z"
            )
        );
    }

    [Test]
    public async Task A_language_that_does_not_work_is_exit_code_3()
    {
        Machine.RequireLinux();
        _folder.Write("bin/python3", "#!/bin/sh\nexit 1\n");
        // In a sandbox it is somebody else's.
        const UnixFileMode All = (UnixFileMode)0b101_101_101;
        File.SetUnixFileMode(_folder["bin/python3"], All);
        var path = $"{_folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";

        var run = await GraderProgram.RunAsync(
            _folder.Path,
            new Dictionary<string, string?> { ["PATH"] = path },
            "doctor",
            "Python"
        );

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Stdout);
        Assert.That(run.Stdout, Does.Contain("\n✘ Python ").And.Contain("it fails starts, "));
        Assert.That(run.Stdout, Does.Contain("a wrong server is not found out"));
    }

    [Test]
    public async Task A_language_that_is_not_installed_is_said_and_no_fault()
    {
        Machine.RequireLinux();
        _folder.MakeFolder("empty");

        var run = await GraderProgram.RunAsync(
            _folder.Path,
            new Dictionary<string, string?> { ["PATH"] = _folder["empty"] },
            "doctor",
            "Rust"
        );

        Assert.That(run.ExitCode, Is.Zero, run.Stdout + run.Stderr);
        Assert.That(run.Stdout, Does.EndWith("\n- Rust    not tried: rustc is not installed\n"));
    }

    [Test]
    public async Task An_unknown_language_is_exit_code_2()
    {
        var run = await GraderProgram.RunAsync("doctor", "pyton");

        Assert.That(
            run,
            Is.EqualTo(new ProgramRun(2, "", "grader: language \"pyton\" is unknown; did you mean \"Python\"?\n"))
        );
    }
}
