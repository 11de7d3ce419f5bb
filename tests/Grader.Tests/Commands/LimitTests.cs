using Grader.Reports;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

/// <summary>What <c>--limit</c> leaves behind, by real runs that would last longer.</summary>
internal sealed class LimitTests
{
    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task A_check_that_is_not_done_in_time_has_its_finished_checks_and_no_score()
    {
        var run = await RunAsync([
            "check",
            "echo",
            Repository.Fixture("never-answers"),
            "--limit",
            "00:00:20",
            "--report",
            "json=a.json",
        ]);

        var report = JsonReport.Parse(await File.ReadAllTextAsync(_folder["a.json"]))!;
        var skipped = report.Checks.Where(check => check.Outcome == Outcome.Skipped).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(3), run.Stdout);
            Assert.That((report.Outcome, report.Score), Is.EqualTo((Grade.Error, (int?)null)));
            Assert.That(
                report.Error,
                Is.EqualTo(
                    $"the limit of the whole run (00:00:20) struck after {26 - skipped.Count(IsCut)} of 26 checks"
                )
            );
            Assert.That(report.Checks[0].Outcome, Is.EqualTo(Outcome.Passed));
            Assert.That(skipped, Has.Some.Matches<CheckReport>(IsCut));
            Assert.That(run.Stdout, Does.Contain("skipped since the limit of the whole run (00:00:20) struck\n"));
        });

        static bool IsCut(CheckReport check) => check.Reason == "since the limit of the whole run (00:00:20) struck";
    }

    [Test]
    public async Task A_build_without_end_ends_at_the_limit()
    {
        AddEndlessBuild("work");

        var run = await RunAsync("check", "echo", "work", "--limit", "2s", "--only", "starts");

        Assert.That(run.ExitCode, Is.EqualTo(3), run.Stdout);
        Assert.That(
            run.Stdout,
            Does.Contain("\nnot graded  the limit of the whole run (2s) struck after 0 of 1 check\n")
                .And.Contain("- builds, starts, and listens")
        );
    }

    [Test]
    public async Task A_batch_keeps_what_is_finished_and_names_the_rest()
    {
        // In no language that has a model answer, which would take some of the time.
        _folder.Write("class/anna/echo/submission.json", """{ "server": ["false"] }""");
        AddEndlessBuild("class/bob/echo");
        AddEndlessBuild("class/carl/echo");
        _folder.MakeFolder("class/dora");
        _folder.Write(
            "grading.json",
            """{ "submissions": "class/{student}/{assignment}", "sandbox": "auto", "jobs": 1 }"""
        );

        var run = await RunAsync("batch", "--limit", "12s", "--min-score", "1", "--report", "txt=all.txt");

        const string Limit = "the limit of the whole run (12s) struck";
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(3), run.Stdout);
            Assert.That(run.Stdout, Does.Contain($"\n! bob, echo: {Limit} after 0 of 26 checks\n"));
            Assert.That(run.Stdout, Does.Contain($"\n! carl, echo: {Limit} before it began\n"));
            Assert.That(
                run.Stdout,
                Does.Contain("\nThe limit of the whole run (12s) struck: 2 of 4 graded, and kept.\n")
            );
            Assert.That(
                File.ReadAllLines(_folder["reports/grades.csv"])[1..],
                Is.EqualTo([
                    "anna,echo,0,100,0,graded",
                    "bob,echo,,100,,error",
                    "carl,echo,,100,,error",
                    "dora,echo,0,100,0,missing",
                ])
            );
            Assert.That(Directory.Exists(_folder["reports/bob"]), Is.False, "what was not finished has no report");
            Assert.That(File.ReadAllText(_folder["all.txt"]), Does.Contain("bob, echo: not graded\n"));
        });
    }

    [Test]
    public async Task What_was_graded_before_stays_in_the_gradebook()
    {
        _folder.Add(Repository.Fixture("crashes-at-start"), "class/anna/echo");
        _folder.Write("grading.json", """{ "submissions": "class/{student}/{assignment}", "sandbox": "auto" }""");
        await RunAsync("batch");
        AddEndlessBuild("class/anna/echo");

        var run = await RunAsync("batch", "--limit", "3s");

        Assert.That(run.ExitCode, Is.EqualTo(3));
        Assert.That(
            await File.ReadAllTextAsync(_folder["reports/grades.csv"]),
            Does.EndWith("\nanna,echo,0,100,0,graded\n")
        );
    }

    private void AddEndlessBuild(string name) =>
        _folder.Write($"{name}/submission.json", """{ "build": [["sleep", "1000"]], "server": ["false"] }""");

    private Task<ProgramRun> RunAsync(params string[] arguments) =>
        GraderProgram.RunAsync(_folder.Path, new Dictionary<string, string?>(), arguments);
}
