using System.Diagnostics;
using System.Text.Json;
using Grader.Checks;
using Grader.Reports;
using Grader.Sandboxing;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Checks;

/// <summary>What happens to a check that time alone made fail.</summary>
internal sealed class CheckJudgeTests : IDisposable
{
    private static readonly GradingOptions Options = new()
    {
        // Its servers remember in a file outside that they have run before.
        Sandbox = SandboxRule.Off,
        Limits = new Limits { Stall = TimeSpan.FromSeconds(0.5) },
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task A_stall_that_does_not_come_again_is_flaky_and_shown_with_both_runs()
    {
        WriteServer(hangs: "is_first");

        var report = (await GradeAsync(TinySuite.Starts, TinySuite.Echoes)).Report;

        var flaky = report.Checks[1];
        Assert.Multiple(() =>
        {
            Assert.That((flaky.Outcome, flaky.Points), Is.EqualTo((Outcome.Flaky, 10)));
            Assert.That(flaky.Actual, Is.EqualTo("no byte: silence"));
            Assert.That(flaky.Runs!.Select(run => run.Outcome), Is.EqualTo([Outcome.Failed, Outcome.Passed]));
            Assert.That(flaky.Runs![0].Transcript, Has.None.Contains("< \"hello\""));
            Assert.That(flaky.Runs![1].Transcript, Has.Some.Contains("< \"hello\""));
            Assert.That(report.Score, Is.EqualTo(20));
            Assert.That(
                TextReport.Render(report),
                Does.Contain("20 of 20 points, 1 flaky")
                    .And.Contain("echoes, flaky: failed, and passed when it was run again\n")
            );
        });
    }

    [Test]
    public async Task A_course_may_count_what_is_flaky_as_failed()
    {
        WriteServer(hangs: "is_first");
        var suite = TinySuite.Of(TinySuite.Starts, TinySuite.Echoes);

        var report = (await GradeAsync(TinySuite.Starts, TinySuite.Echoes)).Report;
        var strict = Points.Rescore(report, suite, Options with { Flaky = Flaky.Fail });

        Assert.That((strict.Score, strict.Checks[1].Outcome), Is.EqualTo((10, Outcome.Flaky)));
        Assert.That(Points.Rescore(strict, suite, Options).Score, Is.EqualTo(20));
    }

    [Test]
    public async Task A_stall_that_comes_again_is_a_failure()
    {
        WriteServer(hangs: "True");

        var report = (await GradeAsync(TinySuite.Starts, TinySuite.Echoes)).Report;

        Assert.That(
            (report.Checks[1].Outcome, report.Checks[1].OnlyAfter),
            Is.EqualTo((Outcome.Failed, (string?)null))
        );
    }

    [Test]
    public async Task A_stall_that_comes_again_after_the_same_connections_alone_is_a_failure_that_says_so()
    {
        WriteServer(hangs: "clients > 3");
        Check Echo(string id) => TinySuite.Echoes with { Id = id };

        var report = (await GradeAsync(TinySuite.Starts, Echo("one"), Echo("two"), Echo("three"), Echo("four"))).Report;

        Assert.That(report.Checks.Take(4).Select(check => check.Outcome), Is.All.EqualTo(Outcome.Passed));
        var failed = report.Checks[4];
        Assert.That((failed.Outcome, failed.OnlyAfter), Is.EqualTo((Outcome.Failed, "3 earlier connections")));
        Assert.That(
            TextReport.Render(report),
            Does.Contain("only      after 3 earlier connections; it passes on a fresh server\n")
        );
    }

    [Test]
    public async Task Wrong_bytes_stand_at_once()
    {
        WriteServer(hangs: "False", reply: "data.upper()");

        await GradeAsync(TinySuite.Starts, TinySuite.Echoes);

        Assert.That(Starts, Is.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_another_program_killed_once_is_flaky()
    {
        WriteServer(hangs: "is_first");

        var report = (await GradeAsync(TinySuite.Starts, KilledWhere(run => run == 1))).Report;

        var flaky = report.Checks[1];
        Assert.That((flaky.Outcome, flaky.Points), Is.EqualTo((Outcome.Flaky, 10)));
        Assert.That(flaky.Server, Is.EqualTo("was ended by SIGKILL"));
    }

    [Test]
    public async Task A_server_that_is_killed_at_every_run_fails()
    {
        WriteServer(hangs: "True");

        var report = (await GradeAsync(TinySuite.Starts, KilledWhere(_ => true))).Report;

        Assert.That(report.Checks[1].Outcome, Is.EqualTo(Outcome.Failed));
    }

    [Test]
    public async Task A_server_that_stalls_again_and_again_is_believed_at_last()
    {
        WriteServer(hangs: "True");
        var checks = Enumerable.Range(1, 8).Select(number => TinySuite.Echoes with { Id = $"echoes-{number}" });

        var report = (await GradeAsync([TinySuite.Starts, .. checks])).Report;

        Assert.That(report.Checks.Skip(1).Select(check => check.Outcome), Is.All.EqualTo(Outcome.Failed));
        // Each of eight stalls ends a server; five of them came again on another one.
        Assert.That(Starts, Is.EqualTo(8 + 5));
    }

    private static Check KilledWhere(Func<int, bool> kills)
    {
        var runs = 0;
        return TinySuite.Check(
            "killed",
            async bench =>
            {
                if (kills(++runs))
                {
                    foreach (var process in bench.Server.Host.FindProcesses())
                    {
                        using var server = Process.GetProcessById(process);
                        server.Kill();
                    }
                }

                await bench.AskAsync(new Reflection("hello"u8.ToArray()));
            }
        );
    }

    private int Starts => File.ReadAllText(_folder["mark"]).Length;

    private Task<Graded> GradeAsync(params Check[] checks) =>
        TinySuite.GradeAsync(_folder["work"], TinySuite.Of(checks), Options);

    // It leaves a byte outside its workspace at every start, so that the next one knows.
    private void WriteServer(string hangs, string reply = "data") =>
        _folder.Write(
            "work/echo_server.py",
            $"""
            import os, socket, sys, time
            mark = {JsonSerializer.Serialize(_folder["mark"])}
            is_first = not os.path.exists(mark)
            with open(mark, "a") as file:
                file.write(".")
            clients = 0
            with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
                while True:
                    client, _ = server.accept()
                    clients += 1
                    with client:
                        while data := client.recv(4096):
                            while {hangs}:
                                time.sleep(60)
                            client.sendall({reply})
            """
        );
}
