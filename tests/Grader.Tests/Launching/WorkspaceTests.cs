using Grader.Checks;
using Grader.Launching;
using Grader.Tests.Support;

namespace Grader.Tests.Launching;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class WorkspaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Workspace _workspace = Workspace.Create(sandbox: null);

    public void Dispose()
    {
        _workspace.Dispose();
        _folder.Dispose();
    }

    [Test]
    public void What_tools_leave_behind_is_not_copied()
    {
        _folder.Write("echo_server.py", "source");
        _folder.Write("lib/wire.py", "source");
        _folder.Write(".git/HEAD");
        _folder.Write("__pycache__/echo_server.pyc");
        _folder.Write("lib/__pycache__/wire.pyc");
        _folder.Write("node_modules/left-pad/index.js");
        _folder.Write("._echo_server.py");
        _folder.Write(".venv/pyvenv.cfg");
        File.CreateSymbolicLink(_folder[".venv/python3"], "/usr/bin/python3");

        _workspace.CopyIn(_folder.Path);

        Assert.That(ListFiles(_workspace.Built), Is.EqualTo(["echo_server.py", "lib/wire.py"]));
    }

    [Test]
    public void A_folder_that_holds_nothing_but_a_folder_is_that_folder()
    {
        _folder.Write(".gitignore");
        _folder.Write("homework/.idea/workspace.xml");
        _folder.Write("homework/anna/echo_server.py");
        _folder.Write("homework/anna/lib/wire.py");

        _workspace.CopyIn(_folder.Path);

        Assert.That(ListFiles(_workspace.Built), Is.EqualTo(["echo_server.py", "lib/wire.py"]));
    }

    [Test]
    public void Empty_files_and_modes_are_kept()
    {
        Machine.RequireLinux();
        _folder.Write("empty");
        File.SetUnixFileMode(_folder.Write("run.sh", "#!/bin/sh\n"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        _workspace.CopyIn(_folder.Path);

        Assert.That(new FileInfo(Path.Combine(_workspace.Built, "empty")).Length, Is.Zero);
        Assert.That(
            File.GetUnixFileMode(Path.Combine(_workspace.Built, "run.sh")).HasFlag(UnixFileMode.UserExecute),
            Is.True
        );
    }

    [Test]
    public void A_link_inside_the_folder_stays_a_link()
    {
        Machine.RequireLinux();
        _folder.Write("lib/wire.py", "source");
        File.CreateSymbolicLink(_folder["wire.py"], "lib/wire.py");
        File.CreateSymbolicLink(_folder["lib/again"], "../lib");

        _workspace.CopyIn(_folder.Path);

        Assert.That(new FileInfo(Path.Combine(_workspace.Built, "wire.py")).LinkTarget, Is.EqualTo("lib/wire.py"));
        Assert.That(File.ReadAllText(Path.Combine(_workspace.Built, "lib/again/wire.py")), Is.EqualTo("source"));
    }

    [TestCase("/etc/passwd", "secret", "the link secret leaves the folder")]
    [TestCase("../outside", "secret", "the link secret leaves the folder")]
    [TestCase("..", "up", "the link up leaves the folder")]
    [TestCase("../../outside", "lib/deep", "the link lib/deep leaves the folder")]
    [TestCase("lib/../../outside", "secret", "the link secret leaves the folder")]
    public void A_link_that_leaves_the_folder_is_refused(string target, string link, string actual)
    {
        Machine.RequireLinux();
        _folder.Write("echo_server.py");
        _folder.MakeFolder("lib");
        File.CreateSymbolicLink(_folder[link], target);

        var failure = Assert.Throws<CheckFailedException>(() => _workspace.CopyIn(_folder.Path))!.Failure;

        Assert.That(failure.Expected, Is.EqualTo("a folder that can be copied"));
        Assert.That(failure.Actual, Is.EqualTo(actual));
        Assert.That(failure.Hint, Is.EqualTo("Hand in the file itself in place of the link."));
    }

    [Test]
    public void A_link_that_leaves_the_folder_by_way_of_another_link_is_refused()
    {
        Machine.RequireLinux();
        _folder.MakeFolder("a/b");
        File.CreateSymbolicLink(_folder["a/b/top"], "../..");
        // As text it is a/outside; the kernel goes up from the folder itself.
        File.CreateSymbolicLink(_folder["secret"], "a/b/top/../outside");

        Assert.Throws<CheckFailedException>(() => _workspace.CopyIn(_folder.Path));
    }

    [Test]
    public void A_folder_with_a_similar_name_is_outside()
    {
        Machine.RequireLinux();
        var student = _folder.MakeFolder("anna");
        _folder.Write("anna-2/echo_server.py");
        File.CreateSymbolicLink(Path.Combine(student, "echo_server.py"), "../anna-2/echo_server.py");

        Assert.Throws<CheckFailedException>(() => _workspace.CopyIn(student));
    }

    [Test]
    public void A_named_pipe_does_not_hold_up_the_copy()
    {
        Machine.RequireLinux();
        Machine.RequireProgram("mkfifo");
        var made = Cli.Wrap("mkfifo").WithArguments([_folder["pipe"]]).ExecuteAsync().Task;
        Assert.That(made.Result.IsSuccess, Is.True);

        var copy = Task.Run(() => _workspace.CopyIn(_folder.Path));

        Assert.That(copy.Wait(Deadline.Limit), Is.True, "the copy waits for somebody to write into the pipe");
    }

    [Test]
    public void A_folder_that_is_too_large_is_refused()
    {
        using (var file = File.Create(_folder["core"]))
        {
            // A sparse file: long, and nothing on the disk.
            file.SetLength((256L << 20) + 1);
        }

        var failure = Assert.Throws<CheckFailedException>(() => _workspace.CopyIn(_folder.Path))!.Failure;

        Assert.That(failure.Actual, Is.EqualTo("more than 256 MiB, counted up to core"));
        Assert.That(failure.Hint, Is.EqualTo("Hand in sources, not what was built from them."));
    }

    [Test]
    public async Task The_student_s_folder_is_never_written_to()
    {
        _folder.Add(Repository.Fixture("remembers-its-last-start"), "anna");
        var before = Describe(_folder["anna"]);

        await using (var launch = await Launch.PrepareAsync(_folder["anna"]))
        {
            var server = await launch.StartAsync();
            Assert.That(
                ListFiles($"/proc/{server.Host.FindProcesses()[^1]}/cwd/"),
                Does.Contain("clients.txt"),
                "the program writes where it runs"
            );
        }

        Assert.That(Describe(_folder["anna"]), Is.EqualTo(before));
    }

    [Test]
    public void A_new_run_gets_a_fresh_copy_of_what_was_built()
    {
        _folder.Write("source", "v1");
        _workspace.CopyIn(_folder.Path);
        _workspace.RenewRun();
        File.WriteAllText(Path.Combine(_workspace.Run, "source"), "changed");
        File.WriteAllText(Path.Combine(_workspace.Run, "left"), "behind");

        _workspace.RenewRun();

        Assert.That(ListFiles(_workspace.Run), Is.EqualTo(["source"]));
        Assert.That(File.ReadAllText(Path.Combine(_workspace.Run, "source")), Is.EqualTo("v1"));
    }

    [Test]
    public async Task The_workspace_lies_outside_the_repository_and_is_deleted()
    {
        var root = Path.GetDirectoryName(_workspace.Built)!;

        _workspace.Dispose();

        Assert.That(root, Does.Not.StartWith(Repository.Root));
        // Once its lock is gone, whoever makes a workspace just now may be the one that deletes it.
        await Deadline.UntilAsync(() => !Directory.Exists(root), "it is deleted");
    }

    [Test]
    public void Paths_of_this_machine_are_taken_out_of_text()
    {
        var text = $"File \"{_workspace.Run}/echo_server.py\", built in {_workspace.Built}/lib, home {_workspace.Home}";

        var relative = _workspace.Relative(text);

        Assert.That(relative, Is.EqualTo("File \"echo_server.py\", built in lib, home ./home"));
    }

    private static List<string> ListFiles(string folder) =>
        [
            .. Directory
                .GetFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(folder, path))
                .Order(StringComparer.Ordinal),
        ];

    private static List<string> Describe(string folder) =>
        [
            .. ListFiles(folder)
                .Select(name =>
                {
                    var file = new FileInfo(Path.Combine(folder, name));
                    return $"{name} {file.Length} {file.LastWriteTimeUtc:O}";
                }),
        ];
}
