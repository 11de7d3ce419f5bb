using Grader.Launching;
using Grader.Tests.Support;

namespace Grader.Tests.Sandboxing;

/// <summary>Where a machine lacks something, what is there keeps programs in, and what does not hold is named.</summary>
internal sealed class SandboxesTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const string OfContainers =
        "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+net_bind_service,+net_raw,+sys_chroot,"
        + "+mknod,+audit_write,+setfcap";

    private static readonly string[] ProgramFolders = ["/usr/local/bin", "/usr/bin", "/usr/sbin"];

    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequireMachine()
    {
        Machine.RequireOwnNetworks();
        Machine.RequirePython();
        Machine.RequireRoot();
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task Without_user_namespaces_root_makes_the_same_sandbox()
    {
        Machine.RequireProgram("bwrap");

        await ExpectAsync(WithoutUserNamespaces(Doctor("Python")), "bubblewrap\n", holes: []);
    }

    // As containers do; the kernel then refuses whoever is in a user namespace another /proc.
    [Test]
    public async Task Where_proc_is_partly_covered_programs_see_other_processes()
    {
        Machine.RequireProgram("bwrap");

        await ExpectAsync(
            Through(
                Doctor("Python"),
                "unshare",
                "--mount",
                "sh",
                "-c",
                "mount -t tmpfs tmpfs /proc/tty && exec \"$@\"",
                "sh"
            ),
            "bubblewrap, but programs see other processes\n",
            ["processes"]
        );
    }

    [Test]
    public async Task Without_bubblewrap_programs_of_root_are_somebody_else_s() =>
        await ExpectAsync(
            Doctor("Python", PathWithout("bwrap")),
            "an unprivileged user and bounds alone, since bubblewrap is not installed",
            ["files", "writes", "namespaces", "processes", "scratch"]
        );

    [Test]
    public async Task Without_bubblewrap_programs_of_an_ordinary_user_have_bounds() =>
        await ExpectAsync(
            await OrdinaryUser.StartAsync(_folder, Doctor("Python"), PathWithout("bwrap")),
            "bounds alone, since bubblewrap is not installed",
            ["files", "writes", "user", "namespaces", "processes", "scratch"]
        );

    [Test]
    public async Task Without_any_namespaces_programs_have_bounds() =>
        await ExpectAsync(
            WithoutUserNamespaces(await OrdinaryUser.StartAsync(_folder, Doctor("Python"))),
            "bounds alone, since bubblewrap fails: ",
            ["files", "writes", "user", "processes", "network", "scratch"]
        );

    // What containers give to root when nothing is asked for: no namespaces, and no look into another user's processes.
    [Test]
    public async Task In_a_container_programs_of_root_have_bounds() =>
        await ExpectAsync(
            WithoutUserNamespaces(
                Through(Doctor("Python"), "setpriv", "--inh-caps=-all", $"--bounding-set={OfContainers}")
            ),
            "bounds alone, since bubblewrap ",
            ["files", "writes", "user", "processes", "network", "scratch"]
        );

    [Test]
    public async Task What_only_root_may_enter_is_an_error_in_a_sandbox()
    {
        Machine.RequireProgram("bwrap");
        // Where root's own home lies, so that nothing of it is shown.
        var home = _folder.MakeFolder("home");
        _folder.Write("home/python3", "#!/bin/sh\nexit 0\n");
        File.SetUnixFileMode(_folder["home/python3"], Owner);
        File.SetUnixFileMode(home, Owner);
        var path = $"{home}:{PathWithout("python3")}";

        var run = await RunAsync(
            GraderProgram.Wrap(
                Repository.Root,
                new Dictionary<string, string?> { ["PATH"] = path, ["HOME"] = home },
                "check",
                "echo",
                Repository.PythonReference
            )
        );

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Stdout + run.Stderr);
        Assert.That(run.Stdout, Does.Contain("python3 lies in a folder that only the grader's user may enter"));
    }

    private static async Task ExpectAsync(Command doctor, string sandbox, string[] holes)
    {
        var run = await RunAsync(doctor);

        Assert.That(run.ExitCode, Is.Zero, run.Stdout + run.Stderr);
        Assert.That(run.Stdout, Does.Match($"\nsandbox    {sandbox}"));
        var broken = run
            .Stdout.Split('\n')
            .Where(line => line.StartsWith("         ✘", StringComparison.Ordinal))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        Assert.That(broken, Is.EqualTo(holes), run.Stdout);
        Assert.That(run.Stdout, Does.Match("✔ Python .*; echo 100 of 100 .*; sum 100 of 100 "));
    }

    private static Task<ProgramRun> RunAsync(Command grader) => ProgramRun.OfAsync(grader, GraderProgram.Deadline());

    private static Command Doctor(string language, string? path = null) =>
        GraderProgram.Wrap(
            Repository.Root,
            path is null ? new Dictionary<string, string?>() : new() { ["PATH"] = path },
            "doctor",
            language
        );

    private static Command WithoutUserNamespaces(Command grader) =>
        Through(grader, "sh", Repository.Fixture("forbids-user-namespaces.sh"));

    private static Command Through(Command grader, string program, params string[] arguments) =>
        (grader with { TargetFilePath = program }).WithArguments([
            .. arguments,
            grader.TargetFilePath,
            .. grader.Arguments,
        ]);

    // The machine's programs, but for one.
    private string PathWithout(string program)
    {
        var folder = _folder.MakeFolder("programs");
        // Whoever the programs run as must be able to enter.
        File.SetUnixFileMode(_folder.Path, Owner | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        foreach (var file in ProgramFolders.SelectMany(Directory.GetFiles))
        {
            var name = Path.GetFileName(file);
            if (name != program && !File.Exists(Path.Combine(folder, name)))
            {
                File.CreateSymbolicLink(Path.Combine(folder, name), file);
            }
        }

        return folder;
    }
}
