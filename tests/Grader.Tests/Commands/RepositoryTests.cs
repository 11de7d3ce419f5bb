using System.Globalization;
using Grader.Intake;
using Grader.Reports;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

/// <summary>A class whose submissions are git repositories.</summary>
internal sealed class RepositoryTests
{
    private const string OnTime = "2026-11-20T20:00:00+01:00";
    private const string Late = "2026-11-21T20:00:00+01:00";

    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequireTools()
    {
        Machine.RequirePython();
        Machine.RequireProgram("git");
    }

    [SetUp]
    public void Configure() =>
        _folder.Write(
            "grading.json",
            """
            {
              "submissions": "repositories.csv",
              "sandbox": "auto",
              "assignments": {
                "echo": {
                  "due": "2026-11-20T23:59:00+01:00",
                  "late": [{ "after": "00:00", "percent": 10 }, { "after": "2.00:00", "percent": 100 }]
                }
              }
            }
            """
        );

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task The_last_commit_of_the_branch_is_graded_and_its_time_is_that_of_the_hand_in()
    {
        var anna = await HandInAsync("anna", OnTime);
        var bob = await HandInAsync("bob", OnTime);
        await bob.RunAsync("checkout", "--quiet", "-b", "hand-in");
        _folder.Write("repositories/bob/notes.txt", "x");
        var last = await bob.CommitAsync(Late);
        List("student,url,branch,group\nanna,repositories/anna,,1\nbob,repositories/bob,hand-in,2\n");

        var run = await BatchAsync();

        Assert.That((run.ExitCode, run.Stderr), Is.EqualTo((0, "")), run.Stdout);
        Assert.That(
            ReadReport("anna").HandIn,
            Is.EqualTo(
                new HandIn(At(OnTime), HandInSource.Commit)
                {
                    Commit = (await anna.RunAsync("rev-parse", "HEAD")).TrimEnd(),
                }
            )
        );
        Assert.That((ReadReport("anna").Score, ReadReport("anna").Late), Is.EqualTo((100, (Lateness?)null)));
        Assert.That(ReadReport("bob").HandIn!.Commit, Is.EqualTo(last));
        Assert.That((ReadReport("bob").Score, ReadReport("bob").Late!.Score), Is.EqualTo((90, 100)));
        Assert.That(
            await File.ReadAllTextAsync(_folder["reports/bob/echo/report.txt"]),
            Does.Contain(
                $"Handed in 2026-11-21 20:00:00 +01:00 (commit {last[..10]}), 20 h 1 min after it was due (2026-11-20 23:59:00 +01:00): 100 and 13 extra points before, 10 % off.\n"
            )
        );
    }

    [Test]
    public async Task A_result_is_kept_until_there_is_another_commit()
    {
        var anna = await HandInAsync("anna", OnTime);
        List("student,url\nanna,repositories/anna\n");
        await BatchAsync();

        var kept = await BatchAsync();
        var commit = await anna.CommitAsync(Late);
        var graded = await BatchAsync();

        Assert.That(kept.Stdout, Does.Contain(" kept\n"));
        Assert.That(graded.Stdout, Does.Not.Contain(" kept"));
        Assert.That(ReadReport("anna").HandIn!.Commit, Is.EqualTo(commit));
    }

    [Test]
    public async Task Nothing_of_a_repository_is_run_or_followed()
    {
        Machine.RequireLinux();
        var anna = await HandInAsync("anna", OnTime);
        await HandInAsync("other", OnTime);
        // A submodule, a filter that git would run when it checks out, and hooks of whoever grades.
        await anna.RunAsync(
            "-c",
            "protocol.file.allow=always",
            "submodule",
            "--quiet",
            "add",
            _folder["repositories/other"],
            "sub"
        );
        _folder.Write("repositories/anna/.gitattributes", "*.py filter=evil\n");
        await anna.CommitAsync(OnTime);
        _folder.Write(
            "gitconfig",
            $"[filter \"evil\"]\n\tsmudge = touch {_folder["smudged"]}; cat\n[core]\n\thooksPath = {_folder["hooks"]}\n"
        );
        foreach (var hook in new[] { "post-checkout", "post-merge", "reference-transaction" })
        {
            var path = _folder.Write($"hooks/{hook}", $"#!/bin/sh\ntouch {_folder[hook]}\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        List("student,url\nanna,repositories/anna\n");

        var run = await BatchAsync(new Dictionary<string, string?> { ["GIT_CONFIG_GLOBAL"] = _folder["gitconfig"] });

        Assert.That(run.ExitCode, Is.Zero, run.Stdout + run.Stderr);
        Assert.That(ReadReport("anna").Score, Is.EqualTo(100));
        Assert.That(
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName),
            Is.EquivalentTo(["grading.json", "gitconfig", "repositories.csv"])
        );
    }

    [Test]
    public async Task A_repository_that_cannot_be_had_is_nobodys_failure_and_stops_nobody()
    {
        await HandInAsync("anna", OnTime);
        List(
            """
            student,url,branch
            anna,repositories/anna,
            bob,https://127.0.0.1:1/bob.git,
            carl,repositories/anna,nowhere
            dora,repositories/gone,
            """
        );

        var run = await BatchAsync();

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Stdout + run.Stderr);
        Assert.That(run.Stdout, Does.Contain("! bob, echo: git: unable to access 'https://127.0.0.1:1/bob.git/'"));
        Assert.That(run.Stdout, Does.Contain("! carl, echo: git: couldn't find remote ref refs/heads/nowhere\n"));
        Assert.That(
            run.Stdout,
            Does.Contain("! dora, echo: git: 'repositories/gone' does not appear to be a git repository\n")
        );
        Assert.That(ReadReport("anna").Score, Is.EqualTo(100));
        Assert.That(ReadReport("bob").Score, Is.Null);
    }

    [Test]
    public async Task All_that_was_committed_is_handed_in()
    {
        var anna = await HandInAsync("anna", OnTime);
        _folder.Write("repositories/anna/.gitattributes", "*.py export-ignore\n");
        await anna.CommitAsync(OnTime);
        List("student,url\nanna,repositories/anna\n");

        await BatchAsync();

        Assert.That(ReadReport("anna").Score, Is.EqualTo(100));
    }

    [Test]
    public async Task A_tree_of_a_few_bytes_that_stands_for_millions_of_files_is_refused()
    {
        var anna = await HandInAsync("anna", OnTime);
        // Each folder is the one before ten times over.
        var tree = "HEAD";
        for (var level = 0; level < 5; level++)
        {
            await anna.RunAsync("read-tree", "--empty");
            for (var copy = 0; copy < 10; copy++)
            {
                await anna.RunAsync("read-tree", $"--prefix={copy}/", tree);
            }

            tree = (await anna.RunAsync("write-tree")).TrimEnd();
        }

        await anna.RunAsync("-c", "user.name=x", "-c", "user.email=x", "commit", "--quiet", "--message=bomb");
        List("student,url\nanna,repositories/anna\n");

        await BatchAsync();

        Assert.That(ReadReport("anna").Checks[0].Actual, Is.EqualTo("more than 100,000 files and folders in it"));
    }

    [Test]
    public async Task A_link_in_a_repository_is_refused()
    {
        Machine.RequireLinux();
        var anna = await HandInAsync("anna", OnTime);
        File.CreateSymbolicLink(_folder["repositories/anna/passwords"], "/etc/passwd");
        await anna.CommitAsync(OnTime);
        List("student,url\nanna,repositories/anna\n");

        await BatchAsync();

        Assert.That(ReadReport("anna").Checks[0].Actual, Is.EqualTo("passwords in it is a link"));
    }

    [TestCase(
        "student,address\nanna,x\n",
        "line 1 has no column \"url\"; call the one so that holds the addresses of the repositories."
    )]
    [TestCase(
        "student,url\nanna,\n",
        "line 2 has no url; give what git clones from, for example https://example.org/anna/echo.git."
    )]
    [TestCase(
        "student,url\nanna,--upload-pack=evil\n",
        "line 2 has the url \"--upload-pack=evil\"; give what git clones from, for example https://example.org/anna/echo.git."
    )]
    [TestCase(
        "student,url\nanna,https://anna:secret@example.org/anna.git\n",
        "line 2 has a url with a password in it; let git ask a credential helper, or use ssh with a key."
    )]
    [TestCase(
        "student,url,branch\nanna,x,-b\n",
        "line 2 has the branch \"-b\"; name a branch, or leave it out for the one that the repository names itself."
    )]
    [TestCase(
        "student,url\nanna,x\nbob,y\nanna,z\n",
        "line 4 has the student \"anna\", who is in line 2 already; keep one of them, or say in a column \"assignment\" which is for which."
    )]
    [TestCase(
        "student,url,assignment\nanna,x,echo\nanna,y,sun\n",
        "line 3 has the assignment \"sun\"; did you mean \"sum\"?"
    )]
    public async Task Every_mistake_in_the_list_is_told(string list, string message)
    {
        List(list);

        var run = await BatchAsync();

        Assert.That(
            (run.ExitCode, run.Stdout, run.Stderr),
            Is.EqualTo((2, "", $"grader: repositories.csv: {message}\n"))
        );
    }

    private async Task<GitRepository> HandInAsync(string student, string when)
    {
        var repository = await GitRepository.CreateAsync(_folder[$"repositories/{student}"]);
        _folder.Add(Repository.PythonReference, $"repositories/{student}");
        await repository.CommitAsync(when);
        return repository;
    }

    private void List(string csv) => _folder.Write("repositories.csv", csv);

    private Task<ProgramRun> BatchAsync(Dictionary<string, string?>? variables = null) =>
        GraderProgram.RunAsync(_folder.Path, variables ?? [], "batch");

    private Report ReadReport(string student) =>
        JsonReport.Parse(File.ReadAllText(_folder[$"reports/{student}/echo/report.json"]))!;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
