using Grader.Assignments;
using Grader.Checks;
using Grader.Intake;
using Grader.Sandboxing;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Checks;

internal sealed class SuiteRunnerTests
{
    private static readonly Check NeverAnswered = TinySuite.Check(
        "never-answered",
        async bench =>
        {
            var client = await bench.ConnectAsync();
            await client.ExchangeAsync(new Reflection("hello"u8.ToArray()));
        }
    );

    private static readonly Check HearsAnEndlessReply = TinySuite.Check(
        "endless-reply",
        async bench =>
        {
            var client = await bench.ConnectAsync();
            await client.ExpectAsync(Enumerable.Repeat((byte)'x', 1 << 20).ToArray());
        }
    );

    [Test]
    public async Task A_right_server_earns_every_point()
    {
        var graded = await TinySuite.GradeAsync(
            Repository.PythonReference,
            TinySuite.Of(TinySuite.Starts, TinySuite.Echoes)
        );

        Assert.Multiple(() =>
        {
            Assert.That(graded.Report.Outcome, Is.EqualTo(Grade.Graded));
            Assert.That(graded.Report.Score, Is.EqualTo(20));
            Assert.That(graded.Report.Recipe, Is.EqualTo("Python (echo_server.py)"));
            string[] phases = ["prepared", "built", "started", "listening", "ended"];
            Assert.That(graded.Timings.Keys, Is.EquivalentTo([.. phases, "starts", "echoes"]));
            Assert.That(phases.Select(phase => graded.Timings[phase]), Is.Ordered);
            Assert.That(
                graded.Transcripts["echoes"].Select(line => line.Text),
                Has.Some.EqualTo("client A  > \"hello\"")
            );
        });
    }

    [Test]
    public async Task A_fault_of_ours_is_an_error_and_never_a_lost_point()
    {
        var broken = TinySuite.Check("broken", _ => throw new InvalidOperationException("ours"));

        var graded = await TinySuite.GradeAsync(
            Repository.PythonReference,
            TinySuite.Of(TinySuite.Starts, broken, TinySuite.Echoes)
        );

        var report = graded.Report;
        Assert.Multiple(() =>
        {
            Assert.That(Outcomes(report), Is.EqualTo([Outcome.Passed, Outcome.Error, Outcome.Passed]));
            Assert.That(report.Outcome, Is.EqualTo(Grade.Error));
            Assert.That(report.Score, Is.Null);
            Assert.That(report.Error, Is.EqualTo("broken: a fault of the grader: InvalidOperationException"));
            Assert.That(report.Checks[1].Hint, Is.Null, "there is nothing that the student could mend");
            Assert.That(graded.ErrorLog, Does.StartWith("System.InvalidOperationException: ours\n   at "));
        });
    }

    [Test]
    public async Task A_missing_interpreter_is_an_error_without_a_score()
    {
        var graded = await TinySuite.GradeAsync(
            Repository.Fixture("names-a-missing-interpreter"),
            TinySuite.Of(TinySuite.Starts)
        );

        Assert.That(graded.Report.Outcome, Is.EqualTo(Grade.Error));
        Assert.That(graded.Report.Score, Is.Null);
        Assert.That(
            graded.Report.Error,
            Is.EqualTo(
                "submission.json: no-such-interpreter is not installed on this machine; install it, or correct its name"
            )
        );
    }

    [Test]
    public async Task A_server_that_waits_for_what_never_comes_is_found_after_the_stall_time()
    {
        Machine.RequireLinux();
        var options = new GradingOptions { Limits = new Limits { Stall = TimeSpan.FromSeconds(0.5) } };

        var graded = await TinySuite.GradeAsync(
            Repository.Fixture("never-answers"),
            TinySuite.Of(TinySuite.Starts, NeverAnswered),
            options
        );

        var failed = graded.Report.Checks[1];
        Assert.Multiple(() =>
        {
            Assert.That(failed.Outcome, Is.EqualTo(Outcome.Failed));
            Assert.That(failed.Actual, Is.EqualTo("no byte: silence"));
            Assert.That(failed.Server, Is.EqualTo("is running and waits in recv"));
            // Well below the limit of a check, also on a busy machine.
            Assert.That(graded.Timings["never-answered"], Is.InRange(0.5, 10));
        });
    }

    [Test]
    public async Task Of_clients_that_come_together_the_one_that_got_most_is_told()
    {
        Failure? told = null;
        var together = TinySuite.Check(
            "together",
            async bench =>
            {
                try
                {
                    await bench.AskTogetherAsync([.. Enumerable.Repeat(new Reflection("hello"u8.ToArray()), 5)]);
                }
                catch (CheckFailedException e)
                {
                    told = e.Failure;
                    throw;
                }
            }
        );

        await TinySuite.GradeAsync(
            Repository.Fixture("answers-the-last-of-five"),
            TinySuite.Of(TinySuite.Starts, together)
        );

        Assert.That(told?.Reply?.Matched, Is.EqualTo(3), "whoever asked first heard nothing");
    }

    [Test]
    public async Task A_server_that_computes_without_answering_is_found_busy()
    {
        Machine.RequireLinux();

        var graded = await TinySuite.GradeAsync(
            Repository.Fixture("computes-without-end"),
            TinySuite.Of(TinySuite.Starts, NeverAnswered),
            cancellationToken: CancellationToken.None
        );

        Assert.That(
            graded.Report.Checks[1].Server,
            Is.EqualTo("is running, and uses the processor without moving a byte")
        );
    }

    [Test]
    public async Task The_limit_of_a_check_is_named_when_it_strikes()
    {
        var options = new GradingOptions { Limits = new Limits { Check = TimeSpan.FromSeconds(1) } };

        var graded = await TinySuite.GradeAsync(
            Repository.Fixture("drips"),
            TinySuite.Of(TinySuite.Starts, HearsAnEndlessReply),
            options
        );

        Assert.That(graded.Report.Checks[1].Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(
            graded.Report.Checks[1].Server,
            Is.EqualTo("is still at it when the limit of a check (1 s) strikes")
        );
    }

    [Test]
    public async Task The_limit_of_a_submission_skips_the_rest_and_keeps_what_was_done()
    {
        var options = new GradingOptions { Limits = new Limits { Submission = TimeSpan.FromSeconds(4) } };

        var graded = await TinySuite.GradeAsync(
            Repository.Fixture("drips"),
            TinySuite.Of(TinySuite.Starts, HearsAnEndlessReply, TinySuite.Echoes),
            options
        );

        Assert.That(Outcomes(graded.Report), Is.EqualTo([Outcome.Passed, Outcome.Skipped, Outcome.Skipped]));
        Assert.That(
            graded.Report.Checks.Skip(1).Select(check => check.Reason),
            Is.All.EqualTo("the limit of a submission (4 s) struck")
        );
        Assert.That(graded.Report.Score, Is.EqualTo(10));
    }

    [Test]
    public async Task A_server_that_never_gets_a_processor_is_an_error_of_ours_at_four_times_the_limit()
    {
        Machine.RequireProgram("chrt");
        Machine.RequireOwnNetworks();
        using var folder = new TemporaryFolder();
        folder.Write(
            "work/echo_server.py",
            await File.ReadAllTextAsync(Repository.PythonReference + "/echo_server.py")
        );
        // Whatever else runs goes before a program of the idle class. Here that is always something of the same session,
        // with which the kernel makes it share, and of another network, so that it is none of the server's. It ends a little
        // after the limit has struck, since a process that gets no processor cannot even be killed.
        folder.Write(
            "work/start.sh",
            """
            (exec unshare -n sh -c '
                for i in 1 2 3 4 5 6 7 8; do timeout 12 sh -c "while :; do :; done" & done
                : > ready
                wait') < /dev/null > /dev/null 2>&1 &
            until [ -e ready ]; do sleep 0.01; done
            exec chrt -i 0 python3 echo_server.py $1
            """
        );
        folder.Write("work/submission.json", """{ "server": ["sh", "start.sh", "{port}"] }""");
        var options = new GradingOptions
        {
            Sandbox = SandboxRule.Off,
            Limits = new Limits { Start = TimeSpan.FromSeconds(1) },
        };

        var report = (await TinySuite.GradeAsync(folder["work"], TinySuite.Of(TinySuite.Starts), options)).Report;

        Assert.That((report.Outcome, report.Score), Is.EqualTo((Grade.Error, (int?)null)));
        Assert.That(
            report.Error,
            Does.StartWith("the machine is too busy: in 4 times the start limit (1 s) the program")
        );
    }

    [Test]
    public async Task A_hung_check_costs_the_stall_time_also_where_a_child_of_the_server_spins()
    {
        Machine.RequireLinux();
        using var folder = new TemporaryFolder();
        folder.Write(
            "work/echo_server.py",
            """
            import os, socket, sys, time
            server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
            if os.fork() == 0:
                while True:
                    pass
            client, _ = server.accept()
            time.sleep(1000)
            """
        );

        var graded = await TinySuite.GradeAsync(folder["work"], TinySuite.Of(TinySuite.Starts, NeverAnswered));

        Assert.That(graded.Report.Checks[1].Server, Is.EqualTo("is running and waits"));
    }

    [Test]
    public async Task What_depends_on_a_failed_check_is_skipped_with_the_reason()
    {
        var fails = TinySuite.Check(
            "fails",
            bench => bench.AskAsync(new Reflection("more than sixteen bytes"u8.ToArray()))
        );
        var depends = TinySuite.Echoes with { Id = "depends", After = "fails" };

        var graded = await TinySuite.GradeAsync(
            Repository.Fixture("truncates-and-dies-on-reset"),
            TinySuite.Of(TinySuite.Starts, fails, depends, TinySuite.Echoes)
        );

        Assert.That(
            Outcomes(graded.Report),
            Is.EqualTo([Outcome.Passed, Outcome.Failed, Outcome.Skipped, Outcome.Passed])
        );
        Assert.That(graded.Report.Checks[2].Reason, Is.EqualTo("after fails failed"));
        Assert.That(graded.Report.Checks[2].Points, Is.Zero);
    }

    [Test]
    public async Task A_crash_fails_the_check_at_hand_and_the_next_one_gets_a_fresh_server()
    {
        var resets = TinySuite.Check(
            "resets",
            async bench =>
            {
                var client = await bench.ConnectAsync();
                await client.ExchangeAsync(new Reflection("hello"u8.ToArray()));
                await client.ResetAsync();
            }
        );

        var graded = await TinySuite.GradeAsync(
            Repository.Fixture("truncates-and-dies-on-reset"),
            TinySuite.Of(TinySuite.Starts, resets, TinySuite.Echoes)
        );

        var crashed = graded.Report.Checks[1];
        Assert.Multiple(() =>
        {
            Assert.That(Outcomes(graded.Report), Is.EqualTo([Outcome.Passed, Outcome.Failed, Outcome.Passed]));
            Assert.That(crashed.Actual, Is.EqualTo("it exited with code 1"));
            Assert.That(crashed.Output[^1], Is.EqualTo("echo_server: the client has reset the connection"));
        });
    }

    [Test]
    public async Task Points_of_the_course_go_over_those_of_the_suite()
    {
        var options = new GradingOptions
        {
            Points = new Dictionary<string, IReadOnlyDictionary<string, Worth>>
            {
                ["tiny"] = new Dictionary<string, Worth>
                {
                    ["shown"] = new(0, IsExtra: false),
                    ["bonus"] = new(10, IsExtra: true),
                    ["more"] = new(25, IsExtra: false),
                },
            },
        };

        var graded = await TinySuite.GradeAsync(
            Repository.PythonReference,
            TinySuite.Of(
                TinySuite.Starts,
                TinySuite.Echoes with
                {
                    Id = "shown",
                },
                TinySuite.Echoes with
                {
                    Id = "bonus",
                },
                TinySuite.Echoes with
                {
                    Id = "more",
                }
            ),
            options
        );

        Assert.That((graded.Report.Score, graded.Report.MaxScore), Is.EqualTo((35, 35)));
        Assert.That((graded.Report.Extra, graded.Report.MaxExtra), Is.EqualTo((10, 10)));
    }

    [Test]
    public async Task Chosen_checks_bring_along_what_they_depend_on()
    {
        var chosen = TinySuite.Echoes with { Id = "chosen", After = "needed" };

        var graded = await TinySuite.GradeAsync(
            Repository.PythonReference,
            TinySuite.Of(TinySuite.Starts, TinySuite.Echoes, TinySuite.Echoes with { Id = "needed" }, chosen),
            only: new HashSet<string> { "chosen" }
        );

        Assert.That(graded.Report.Checks.Select(check => check.Id), Is.EqualTo(["starts", "needed", "chosen"]));
    }

    [Test]
    public async Task Of_a_client_that_never_comes_to_an_end_is_said_what_it_was_about()
    {
        Machine.RequireOwnNetworks();
        Machine.RequirePython();
        using var folder = new TemporaryFolder();
        folder.Write(
            "echo_client.py",
            """
            import socket
            import time

            server = socket.create_connection(("127.0.0.1", 10000))
            while True:
                server.sendall(b"z")
                time.sleep(0.01)
            """
        );
        var options = new GradingOptions { Limits = new Limits { Check = TimeSpan.FromSeconds(2) } };

        var graded = await new SubmissionGrader(options, TimeProvider.System).GradeAsync(
            Catalogue.All.Single(assignment => assignment.Id == "echo-client"),
            new FolderSubmission("anna", folder.Path),
            only: new HashSet<string> { "sends-message" },
            begins: null,
            CancellationToken.None
        );

        Assert.That(Outcomes(graded.Report), Is.EqualTo([Outcome.Passed, Outcome.Failed]));
        Assert.That(
            graded.Transcripts["sends-message"].Select(line => line.Text),
            Has.Some.EqualTo("client    is still at it when the limit of a check (2 s) strikes")
        );
    }

    [Test]
    public async Task An_interrupted_grading_ends_at_once()
    {
        using var interrupt = new CancellationTokenSource();
        var interrupts = TinySuite.Check(
            "interrupts",
            async bench =>
            {
                await interrupt.CancelAsync();
                await bench.ConnectAsync();
            }
        );

        var grading = TinySuite.GradeAsync(
            Repository.PythonReference,
            TinySuite.Of(TinySuite.Starts, interrupts),
            cancellationToken: interrupt.Token
        );

        Assert.That(async () => await grading, Throws.InstanceOf<OperationCanceledException>());
    }

    private static IEnumerable<Outcome> Outcomes(Report report) => report.Checks.Select(check => check.Outcome);
}
