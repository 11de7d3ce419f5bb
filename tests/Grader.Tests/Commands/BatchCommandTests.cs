using System.Text;
using System.Text.RegularExpressions;
using Grader.Hosting;
using Grader.Launching;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

internal sealed class BatchCommandTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [SetUp]
    public void MakeClass()
    {
        _folder.Add(Repository.Fixture("crashes-at-start"), "class/anna/echo");
        _folder.Add(Repository.Fixture("exits-before-listening"), "class/bob/echo");
        _folder.MakeFolder("class/carl");
        Configure("");
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task A_class_gets_its_reports_and_a_gradebook()
    {
        var run = await BatchAsync();

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        Assert.That(
            Directory
                .GetFiles(_folder["reports"], "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(_folder["reports"], path))
                .Where(path => !path.StartsWith("bob") && !path.StartsWith("carl")),
            Is.EquivalentTo([
                ".lock",
                "grades.csv",
                "summary.md",
                "anna/echo/report.json",
                "anna/echo/report.txt",
                "anna/echo/report.md",
                "anna/echo/timings.json",
                "anna/echo/server.log",
                "anna/echo/result.key",
                "anna/echo/reproduce/starts.py",
            ])
        );
        Assert.That(
            await File.ReadAllLinesAsync(_folder["reports/grades.csv"]),
            Is.EqualTo([
                "student,assignment,score,max,extra,outcome",
                "anna,echo,0,100,0,graded",
                "bob,echo,0,100,0,graded",
                "carl,echo,0,100,0,missing",
            ])
        );
    }

    [Test]
    public async Task The_console_tells_of_each_submission_and_of_the_files()
    {
        var run = await BatchAsync("--jobs", "1");

        // How long it took differs from run to run.
        await Verifier.Verify(Regex.Replace(run.Stdout, @" +\d+\.\d s$", " (time)", RegexOptions.Multiline));
    }

    [Test]
    public async Task One_student_is_graded_and_the_gradebook_stays_whole()
    {
        await BatchAsync();
        var before = await File.ReadAllTextAsync(_folder["reports/grades.csv"]);

        var run = await BatchAsync("--student", "bob", "--assignment", "echo");

        Assert.That(run.Stdout, Does.StartWith("Course: 1 submission, 4 at a time\n"));
        Assert.That(await File.ReadAllTextAsync(_folder["reports/grades.csv"]), Is.EqualTo(before));
    }

    [Test]
    public async Task Who_was_never_graded_is_named_beside_the_one_that_is()
    {
        _folder.Write("class/zoe/echo/echo_server.py");
        _folder.Write("reports/zoe/echo/report.json", "half of a rep");
        foreach (var number in Enumerable.Range(1, 9))
        {
            _folder.MakeFolder($"class/dora-{number}/echo");
        }

        var run = await BatchAsync("--student", "anna");

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((3, "")), "what cannot be scored is told as ever");
        Assert.That(
            run.Stdout,
            Does.Contain(
                "\nNot graded yet: bob (echo), dora-1 (echo), dora-2 (echo), dora-3 (echo), dora-4 (echo), "
                    + "dora-5 (echo), dora-6 (echo), dora-7 (echo) and 2 more; grader batch goes on with them\n"
                    + "! zoe, echo: its report.json is broken"
            )
        );
    }

    [Test]
    public async Task Who_was_never_graded_is_no_error()
    {
        var first = await BatchAsync("--student", "anna");
        await BatchAsync();
        var last = await BatchAsync("--student", "anna");

        Assert.That((first.ExitCode, last.ExitCode), Is.EqualTo((0, 0)));
        Assert.That(first.Stdout, Does.Contain("\nNot graded yet: bob (echo); grader batch goes on with them\n"));
        Assert.That(last.Stdout, Does.Not.Contain("Not graded yet"));
    }

    [Test]
    public async Task Reports_beside_the_folders_of_students_are_no_student_of_the_next_batch()
    {
        Configure(", \"reports\": \"class/reports\"");
        await BatchAsync();

        var run = await BatchAsync();

        Assert.That(run.Stdout, Does.StartWith("Course: 3 submissions, 4 at a time\n"));
        Assert.That(await File.ReadAllTextAsync(_folder["class/reports/grades.csv"]), Does.Not.Contain("reports"));
    }

    [Test]
    public async Task Who_is_in_the_roster_has_a_row_and_who_is_not_is_named()
    {
        _folder.Write("roster.csv", "student,group\ndora,1\nbob,2\n");
        Configure(", \"roster\": \"roster.csv\"");

        var run = await BatchAsync();

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        Assert.That(run.Stdout, Does.Contain("\n- dora             echo        nothing handed in\n"));
        Assert.That(run.Stdout, Does.Contain("\nIn no roster: anna, carl\n"));
        Assert.That(
            await File.ReadAllLinesAsync(_folder["reports/grades.csv"]),
            Is.EqualTo([
                "student,group,assignment,score,max,extra,outcome",
                "dora,1,echo,0,100,0,missing",
                "bob,2,echo,0,100,0,graded",
                "anna,,echo,0,100,0,graded",
                "carl,,echo,0,100,0,missing",
            ])
        );
        Assert.That(
            await File.ReadAllTextAsync(_folder["reports/summary.md"]),
            Does.EndWith("\n## In no roster\n\n- anna\n- carl\n")
        );
    }

    [Test]
    public async Task One_of_the_roster_is_graded_again_and_the_rest_is_left()
    {
        _folder.Write("roster.csv", "student\ndora\nbob\n");
        Configure(", \"roster\": \"roster.csv\"");
        await BatchAsync();
        var before = Reports("anna", "bob").ToDictionary(path => path, File.GetLastWriteTimeUtc);
        _folder.Add(Repository.Fixture("crashes-at-start"), "class/dora/echo");

        var run = await BatchAsync("--student", "dora");

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        Assert.That(run.Stdout, Does.StartWith("Course: 1 submission, 4 at a time\n"));
        Assert.That(
            await File.ReadAllLinesAsync(_folder["reports/grades.csv"]),
            Is.EqualTo([
                "student,assignment,score,max,extra,outcome",
                "dora,echo,0,100,0,graded",
                "bob,echo,0,100,0,graded",
                "anna,echo,0,100,0,graded",
                "carl,echo,0,100,0,missing",
            ])
        );
        Assert.That(Reports("anna", "bob").ToDictionary(path => path, File.GetLastWriteTimeUtc), Is.EqualTo(before));
    }

    [Test]
    public async Task After_a_change_of_points_the_rest_of_the_gradebook_has_them_too()
    {
        await BatchAsync();
        Configure(", \"assignments\": { \"echo\": { \"points\": { \"unicode\": 14 } } }");

        var run = await BatchAsync("--student", "bob");

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        Assert.That(run.Stdout, Does.Contain("\nScored again with the points of now: 2 stored reports\n"));
        Assert.That(
            await File.ReadAllLinesAsync(_folder["reports/grades.csv"]),
            Is.EqualTo([
                "student,assignment,score,max,extra,outcome",
                "anna,echo,0,110,0,graded",
                "bob,echo,0,110,0,graded",
                "carl,echo,0,110,0,missing",
            ])
        );
        Assert.That(
            await File.ReadAllTextAsync(_folder["reports/anna/echo/report.txt"]),
            Does.StartWith("anna, echo: 0 of 110 points")
        );
    }

    [Test]
    public async Task A_stored_result_that_cannot_be_scored_again_is_named_and_not_in_the_gradebook()
    {
        await BatchAsync();
        _folder.Write("reports/anna/echo/report.json", "half of a rep");

        var run = await BatchAsync("--student", "bob");

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((3, "")));
        Assert.That(
            run.Stdout,
            Does.Contain(
                "\n! anna, echo: its report.json is broken, or of another version\n"
                    + "Not in the gradebook: 1 result; grade again: grader batch --student anna\n"
            )
        );
        Assert.That(await File.ReadAllTextAsync(_folder["reports/grades.csv"]), Does.Not.Contain("anna"));
    }

    [Test]
    public async Task A_roster_alone_makes_nobody_missing_where_no_folder_is_found()
    {
        _folder.Write("roster.csv", "student\ndora\n");
        _folder.MakeFolder("empty");
        _folder.Write(
            "grading.json",
            """{ "submissions": "empty/{student}/{assignment}", "roster": "roster.csv", "assignments": { "echo": {} } }"""
        );

        var run = await BatchAsync();

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(
            run.Stderr,
            Does.StartWith(
                "grader: grading.json: submissions is \"empty/{student}/{assignment}\", and matches nothing; "
            )
        );
    }

    [Test]
    public async Task What_the_machine_lacks_is_exit_code_3_and_the_others_are_graded()
    {
        _folder.Add(Repository.Fixture("names-a-missing-interpreter"), "class/dora/echo");

        var run = await BatchAsync();

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(
            run.Stdout,
            Does.Contain(
                "\n! dora, echo: submission.json: no-such-interpreter is not installed on this machine; install it, or correct its name\n"
            )
        );
        var rows = await File.ReadAllLinesAsync(_folder["reports/grades.csv"]);
        Assert.That(rows, Does.Contain("anna,echo,0,100,0,graded"));
        Assert.That(rows, Has.Some.Matches("^dora,echo,,[0-9]*,,error$"));
    }

    [Test]
    public async Task A_sandbox_that_is_required_and_not_there_is_exit_code_3_and_nothing_is_run()
    {
        Configure(sandbox: "required");
        var without = new Dictionary<string, string?> { ["GRADER_HOST"] = "plain" };

        var run = await GraderProgram.RunAsync(_folder.Path, without, "batch");

        Assert.That((run.ExitCode, run.Stdout), Is.EqualTo((3, "")));
        Assert.That(
            run.Stderr,
            Does.Match(
                "^grader: grading.json: sandbox is \"required\", and here it is none, since .*; mend that, or set it to \"auto\" .*\n$"
            )
        );
        Assert.That(Directory.Exists(_folder["reports"]), Is.False);
    }

    [Test]
    public async Task Without_a_sandbox_console_and_reports_say_so()
    {
        Configure(sandbox: "off");

        var run = await BatchAsync();

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(
            run.Stdout,
            Does.Contain(
                "\nNo sandbox: none, since \"sandbox\" is \"off\"; programs run with the rights of whoever grades.\n"
            )
        );
        Assert.That(
            await File.ReadAllTextAsync(_folder["reports/anna/echo/report.txt"]),
            Does.Contain(
                "\nSandbox: none, since \"sandbox\" is \"off\"; programs run with the rights of whoever grades.\n"
            )
        );
    }

    [TestCase("--student", "ana", "--student ana: nothing of that name was handed in; did you mean \"anna\"?")]
    [TestCase("--assignment", "sum", "--assignment sum: nothing of that name was handed in; known: echo.")]
    public async Task Who_is_not_there_cannot_be_chosen(string option, string value, string message)
    {
        var run = await BatchAsync(option, value);

        Assert.That(run, Is.EqualTo(new ProgramRun(2, "", $"grader: {message}\n")));
    }

    [Test]
    public async Task What_is_not_looked_at_is_told()
    {
        _folder.Write("class/dora/echo.zip");
        _folder.Write("class/emil/echo.rar");

        var run = await BatchAsync();

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")));
        Assert.That(
            run.Stdout,
            Does.Contain("\nNot looked at: class/dora/echo.zip, class/emil/echo.rar; submissions stands for folders\n")
        );
    }

    [Test]
    public async Task Nothing_to_grade_is_no_success()
    {
        Directory.Delete(_folder["class"], recursive: true);
        _folder.MakeFolder("class");

        var run = await BatchAsync();

        Assert.That(
            run,
            Is.EqualTo(
                new ProgramRun(
                    2,
                    "",
                    "grader: grading.json: submissions is \"class/{student}/{assignment}\", and matches nothing; check its path and its placeholders.\n"
                )
            )
        );
    }

    [Test]
    public async Task An_interrupt_is_exit_code_130_and_what_was_finished_is_kept()
    {
        Machine.RequireLinux();
        _folder.Add(Repository.Fixture("never-listens"), "class/zoe/echo");
        Configure(", \"limits\": { \"start\": \"00:05:00\" }");
        var seen = new StringBuilder();
        var task = GraderProgram
            .Wrap(_folder.Path, new Dictionary<string, string?>(), "batch", "--jobs", "1")
            .WithStandardOutputPipe(PipeTarget.Create((stream, token) => ReadAsync(stream, seen, token)))
            .ExecuteAsync(Deadline.Token());
        await Deadline.UntilAsync(() => Read(seen).Contains("carl"), "all but the last are graded");

        Native.Signal(task.ProcessId, Native.SignalInterrupt);
        var result = await task.Task;

        Assert.That(result.ExitCode, Is.EqualTo(130), Read(seen));
        Assert.That(
            Read(seen),
            Does.Contain("Interrupted: 3 of 4 graded, and kept.\nLeft: zoe (echo); grader batch goes on with them\n")
        );
        Assert.That(File.Exists(_folder["reports/anna/echo/report.json"]), Is.True);
        Assert.That(Directory.Exists(_folder["reports/zoe"]), Is.False, "what was not finished has no report");
    }

    [Test]
    public async Task Two_interrupts_at_once_leave_nobody_behind()
    {
        Machine.RequireLinux();
        const int SignalTerminate = 15;
        _folder.Write("class/zoe/echo/echo_server.py", "import time\ntime.sleep(1000)\n");
        Configure(", \"limits\": { \"start\": \"00:05:00\" }");
        var task = GraderProgram
            .Wrap(_folder.Path, new Dictionary<string, string?>(), "batch", "--jobs", "1", "--student", "zoe")
            .ExecuteAsync(Deadline.Token());
        await Deadline.UntilAsync(
            () => ProcessTree.FindDescendants(task.ProcessId).Exists(IsServer),
            "the server runs"
        );
        var programs = ProcessTree.FindDescendants(task.ProcessId);

        Native.Signal(task.ProcessId, Native.SignalInterrupt);
        Native.Signal(task.ProcessId, SignalTerminate);
        var result = await task.Task;

        Assert.That(result.ExitCode, Is.EqualTo(130));
        await Deadline.UntilAsync(() => !programs.Exists(ProcessTable.Exists), "what ran for it ends");

        static bool IsServer(int process) =>
            ProcessTable.Try(() => File.ReadAllText($"/proc/{process}/cmdline"), "").Contains("echo_server.py");
    }

    [Test]
    public async Task A_gradebook_that_cannot_be_written_is_told_and_the_reports_stay()
    {
        _folder.MakeFolder("reports/grades.csv");
        Configure();

        var run = await BatchAsync();

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Stdout + run.Stderr);
        Assert.That(run.Stdout, Does.Contain("! gradebook: not written: ").And.Contain("grader score"));
        Assert.That(File.Exists(_folder["reports/anna/echo/report.json"]), Is.True);
    }

    private IEnumerable<string> Reports(params string[] students) =>
        students.SelectMany(student => Directory.GetFiles(_folder[$"reports/{student}/echo"]));

    private static async Task ReadAsync(Stream stream, StringBuilder seen, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            lock (seen)
            {
                seen.Append(line).Append('\n');
            }
        }
    }

    private static string Read(StringBuilder seen)
    {
        lock (seen)
        {
            return seen.ToString();
        }
    }

    private void Configure(string more = "", string sandbox = "auto") =>
        _folder.Write(
            "grading.json",
            $$"""{ "submissions": "class/{student}/{assignment}", "sandbox": "{{sandbox}}"{{more}} }"""
        );

    private Task<ProgramRun> BatchAsync(params string[] options) =>
        GraderProgram.RunAsync(_folder.Path, new Dictionary<string, string?>(), ["batch", .. options]);
}
