using Grader.Batch;
using Grader.Intake;
using Grader.Launching;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Batch;

internal sealed class ResultKeysTests
{
    private static readonly Assignment Tiny = TinySuite.Of(TinySuite.Starts);

    private readonly TemporaryFolder _folder = new();

    [SetUp]
    public void HandIn()
    {
        _folder.Write("anna/echo_server.py", "source");
        _folder.Write("anna/lib/wire.py", "more source");
        _folder.Write("anna/empty");
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void The_same_content_has_the_same_key_wherever_it_lies_and_whoever_handed_it_in()
    {
        _folder.Write("elsewhere/bob/lib/wire.py", "more source");
        _folder.Write("elsewhere/bob/empty");
        _folder.Write("elsewhere/bob/echo_server.py", "source");

        Assert.That(KeyOf("elsewhere/bob"), Is.EqualTo(KeyOf("anna")));
        Assert.That(KeyOf("anna"), Does.Match("^[0-9a-f]{64}$"));
    }

    [Test]
    public void What_is_not_copied_does_not_matter()
    {
        var before = KeyOf("anna");
        _folder.Write("anna/.git/HEAD", "ref");
        _folder.Write("anna/lib/__pycache__/wire.pyc", "compiled");

        Assert.That(KeyOf("anna"), Is.EqualTo(before));
    }

    [TestCase("echo_server.py", "Source")]
    [TestCase("echo_server.py", "")]
    [TestCase("empty", "no more")]
    [TestCase("lib/new.py", "")]
    public void A_changed_or_a_new_file_matters(string file, string content)
    {
        var before = KeyOf("anna");
        _folder.Write($"anna/{file}", content);

        Assert.That(KeyOf("anna"), Is.Not.Null.And.Not.EqualTo(before));
    }

    [Test]
    public void A_name_matters()
    {
        var before = KeyOf("anna");
        File.Move(_folder["anna/lib/wire.py"], _folder["anna/lib/wires.py"]);
        var renamed = KeyOf("anna");
        File.Move(_folder["anna/lib/wires.py"], _folder["anna/wires.py"]);

        Assert.That(new[] { before, renamed, KeyOf("anna") }, Is.Unique);
    }

    [Test]
    public void An_empty_folder_matters()
    {
        var before = KeyOf("anna");
        _folder.MakeFolder("anna/build");

        Assert.That(KeyOf("anna"), Is.Not.EqualTo(before));
    }

    [Test]
    public void Whether_a_file_can_be_executed_matters_and_when_it_was_written_does_not()
    {
        Machine.RequireLinux();
        var before = KeyOf("anna");
        File.SetLastWriteTimeUtc(_folder["anna/echo_server.py"], DateTime.UnixEpoch);
        Assert.That(KeyOf("anna"), Is.EqualTo(before));

        File.SetUnixFileMode(_folder["anna/echo_server.py"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.That(KeyOf("anna"), Is.Not.EqualTo(before));
    }

    [Test]
    public void A_link_is_where_it_leads_to_and_not_what_is_there()
    {
        Machine.RequireLinux();
        _folder.Write("anna/other.py", "more source");
        File.CreateSymbolicLink(_folder["anna/wire.py"], "lib/wire.py");
        var before = KeyOf("anna");

        File.Delete(_folder["anna/wire.py"]);
        File.CreateSymbolicLink(_folder["anna/wire.py"], "other.py");
        var other = KeyOf("anna");
        File.Delete(_folder["anna/wire.py"]);
        _folder.Write("anna/wire.py", "more source");

        Assert.That(new[] { before, other, KeyOf("anna") }, Is.Unique);
    }

    [Test]
    public void A_link_that_leaves_the_folder_is_not_followed_and_leaves_no_key()
    {
        Machine.RequireLinux();
        File.CreateSymbolicLink(_folder["anna/zero"], "/dev/zero");

        Assert.That(KeyOf("anna"), Is.Null);
    }

    [Test]
    public void A_named_pipe_holds_up_nothing()
    {
        Machine.RequireLinux();
        Machine.RequireProgram("mkfifo");
        var made = Cli.Wrap("mkfifo").WithArguments([_folder["anna/pipe"]]).ExecuteAsync().Task;
        Assert.That(made.Result.IsSuccess, Is.True);

        var key = Task.Run(() => KeyOf("anna"));

        Assert.That(key.Wait(Deadline.Limit), Is.True, "the key waits for somebody to write into the pipe");
        Assert.That(key.Result, Is.Not.Null);
    }

    [Test]
    public void What_cannot_be_copied_has_no_key()
    {
        using (var file = File.Create(_folder["anna/core"]))
        {
            // A sparse file: long, and nothing on the disk.
            file.SetLength((256L << 20) + 1);
        }

        Assert.Multiple(() =>
        {
            Assert.That(KeyOf("anna"), Is.Null);
            Assert.That(KeyOf("nobody"), Is.Null);
            Assert.That(new ResultKeys(new GradingOptions()).Of(new Work(Tiny, "carl", Submission: null)), Is.Null);
        });
    }

    [Test]
    public void What_a_course_says_of_grading_matters_but_for_points()
    {
        GradingOptions[] different =
        [
            new(),
            new() { Limits = new Limits { Stall = TimeSpan.FromSeconds(2) } },
            new() { Limits = new Limits { Output = 1 } },
            new() { Recipes = [Recipe("*.lua", "server.lua")] },
            new() { Recipes = [Recipe("*.py", "server.lua")] },
            new() { Recipes = [Recipe("*.lua", "main.lua")] },
            new() { Packages = new Packages { NuGet = "/course/packages" } },
            new() { Packages = new Packages { Npm = "/course/packages" } },
        ];
        var points = new GradingOptions
        {
            Points = new Dictionary<string, IReadOnlyDictionary<string, Worth>>
            {
                ["tiny"] = new Dictionary<string, Worth> { ["starts"] = new(Points: 3, IsExtra: true) },
            },
        };

        Assert.That(different.Select(options => KeyOf("anna", options)), Is.Unique);
        Assert.That(KeyOf("anna", points), Is.EqualTo(KeyOf("anna")));

        static CourseRecipe Recipe(string match, string file) =>
            new(match, new Recipe { Source = "grading.json", Server = ["lua", file] });
    }

    [Test]
    public void Another_assignment_matters()
    {
        var keys = new ResultKeys(new GradingOptions());
        var submission = new FolderSubmission("anna", _folder["anna"]);

        Assert.That(
            keys.Of(new Work(Tiny with { Id = "other" }, "anna", submission)),
            Is.Not.EqualTo(keys.Of(new Work(Tiny, "anna", submission)))
        );
    }

    private string? KeyOf(string folder, GradingOptions? options = null) =>
        new ResultKeys(options ?? new GradingOptions()).Of(
            new Work(Tiny, Path.GetFileName(folder), new FolderSubmission(Path.GetFileName(folder), _folder[folder]))
        );
}
