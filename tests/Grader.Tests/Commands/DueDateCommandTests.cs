using System.Globalization;
using Grader.Intake;
using Grader.Reports;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Commands;

/// <summary>A class whose work is due: what tells when it was handed in, and what lateness costs.</summary>
internal sealed class DueDateCommandTests
{
    private const string Due = "2026-11-20T23:59:00+01:00";
    private const string OnTime = "2026-11-20T20:00:00+01:00";
    private const string Late = "2026-11-21T20:00:00+01:00";

    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [SetUp]
    public void HandIn()
    {
        _folder.Add(Repository.PythonReference, "class/anna/echo");
        Touch(OnTime);
        Configure(Due);
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task The_newest_file_tells_where_nothing_else_does_and_a_copy_of_it_is_no_later()
    {
        await RunAsync("batch");
        Assert.That(
            (Read().HandIn!.From, Read().HandIn!.At, Read().Score),
            Is.EqualTo((HandInSource.NewestFile, At(OnTime), 100))
        );

        Touch(Late);
        await RunAsync("batch", "--again");
        Assert.That((Read().HandIn!.At, Read().Score), Is.EqualTo((At(OnTime), 100)), "the same files");

        _folder.Write("class/anna/echo/notes.txt", "more");
        Touch(Late);
        await RunAsync("batch");
        Assert.That((Read().HandIn!.At, Read().Score), Is.EqualTo((At(Late), 90)), "another file");
    }

    [Test]
    public async Task What_cannot_be_graded_in_between_does_not_make_it_later()
    {
        await RunAsync("batch");
        Directory.Move(_folder["class/anna"], _folder["away"]);
        _folder.Write("class/anna", "no folder");
        _folder.MakeFolder("class/bob");
        await RunAsync("batch");
        File.Delete(_folder["class/anna"]);
        Directory.Move(_folder["away"], _folder["class/anna"]);
        Touch(Late);

        await RunAsync("batch", "--again");

        Assert.That((Read().HandIn!.At, Read().Score), Is.EqualTo((At(OnTime), 100)));
    }

    [Test]
    public async Task The_roster_goes_before_files_and_a_changed_date_is_applied_without_grading()
    {
        _folder.Write("roster.csv", $"student,submitted\nanna,{Late}\n");
        Configure(Due);

        var graded = await RunAsync("batch");
        Assert.That(
            graded.Stdout,
            Does.Contain("✔ anna             echo        90 of 100 points, 12 of 13 extra, 10 % off for being late")
        );
        Assert.That((Read().HandIn!.From, Read().Late!.Score), Is.EqualTo((HandInSource.Roster, 100)));
        Assert.That(
            await File.ReadAllTextAsync(_folder["reports/grades.csv"]),
            Is.EqualTo(
                $"student,submitted,assignment,score,max,extra,outcome,late\nanna,{Late},echo,90,100,12,graded,10\n"
            )
        );

        Configure("2026-11-30T23:59:00+01:00");
        var scored = await RunAsync("score");
        Assert.That(scored.ExitCode, Is.Zero, scored.Stdout + scored.Stderr);
        Assert.That((Read().Score, Read().Late), Is.EqualTo((100, (Lateness?)null)));
    }

    [TestCase("9999-12-31T23:59:59Z", "2026-11-20T23:59:00+01:00", 90)]
    [TestCase("0001-01-01T00:00:00Z", "2026-11-20T23:59:00-01:00", 100)]
    public async Task A_time_at_the_end_of_the_calendar_is_one_like_others(string submitted, string due, int score)
    {
        _folder.Write("roster.csv", $"student,submitted\nanna,{submitted}\n");
        Configure(due);

        var graded = await RunAsync("batch");
        var then = Read();
        var scored = await RunAsync("score");

        Assert.That((graded.ExitCode, graded.Stderr), Is.EqualTo((0, "")), graded.Stdout);
        Assert.That((then.Score, then.HandIn!.At), Is.EqualTo((score, At(submitted))));
        Assert.That((scored.ExitCode, scored.Stderr), Is.EqualTo((0, "")), scored.Stdout);
        Assert.That((Read().Score, Read().HandIn), Is.EqualTo((then.Score, then.HandIn)));
    }

    [Test]
    public async Task An_extension_for_somebody_unknown_is_refused()
    {
        Configure(Due, """, "extensions": [{ "student": "ana", "due": "2026-12-01T00:00:00Z" }]""");

        var run = await RunAsync("batch");

        Assert.That(
            (run.ExitCode, run.Stdout, run.Stderr),
            Is.EqualTo(
                (
                    2,
                    "",
                    "grader: grading.json: assignments.echo.extensions names \"ana\", who has handed in nothing and is in no roster; did you mean \"anna\"?\n"
                )
            )
        );
    }

    private void Touch(string when)
    {
        foreach (var file in Directory.GetFiles(_folder["class/anna/echo"]))
        {
            File.SetLastWriteTimeUtc(file, At(when).UtcDateTime);
        }
    }

    private void Configure(string due, string more = "")
    {
        var roster = File.Exists(_folder["roster.csv"]) ? "\"roster\": \"roster.csv\", " : "";
        _folder.Write(
            "grading.json",
            $$"""
            {
              {{roster}}"submissions": "class/{student}/{assignment}",
              "sandbox": "auto",
              "assignments": {
                "echo": { "due": "{{due}}", "late": [{ "after": "00:00", "percent": 10 }]{{more}} }
              }
            }
            """
        );
    }

    private Task<ProgramRun> RunAsync(params string[] arguments) =>
        GraderProgram.RunAsync(_folder.Path, new Dictionary<string, string?>(), arguments);

    private Report Read() => JsonReport.Parse(File.ReadAllText(_folder["reports/anna/echo/report.json"]))!;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
