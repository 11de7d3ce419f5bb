using System.Diagnostics;
using System.Text;
using Grader.Launching;
using Grader.Tests.Support;

namespace Grader.Tests.Launching;

internal sealed class CliTests
{
    // Starts a child that holds the pipes and lives on, and says which one it is.
    private const string StartChild = """
        import subprocess, sys, time
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        print(child.pid, flush=True)
        """;

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [TestCase(0)]
    [TestCase(7)]
    public async Task The_exit_code_is_the_program_s(int code)
    {
        var run = await ProgramRun.OfAsync(Python($"raise SystemExit({code})"), Deadline.Token());

        Assert.That(run.ExitCode, Is.EqualTo(code));
    }

    [Test]
    public async Task A_signal_is_128_and_its_number()
    {
        Machine.RequireLinux();

        var run = await ProgramRun.OfAsync(Python("import os; os.kill(os.getpid(), 9)"), Deadline.Token());

        Assert.That(run.ExitCode, Is.EqualTo(128 + 9));
    }

    [Test]
    public async Task Arguments_arrive_as_they_are()
    {
        string[] arguments = ["two words", "\"quoted\"", "$HOME", "*", "", "größe"];
        var command = Cli.Wrap("python3")
            .WithArguments(["-c", "import sys; print('\\n'.join(sys.argv[1:]))", .. arguments])
            .WithEnvironmentVariables(new Dictionary<string, string?> { ["PYTHONIOENCODING"] = "utf-8" });

        var run = await ProgramRun.OfAsync(command, Deadline.Token());

        Assert.That(run.Stdout.TrimEnd('\n').Split('\n'), Is.EqualTo(arguments));
    }

    [Test]
    public async Task Stdout_and_stderr_are_kept_apart()
    {
        var command = Python("import sys; print('out'); print('err', file=sys.stderr)");

        var run = await ProgramRun.OfAsync(command, Deadline.Token());

        Assert.That(run, Is.EqualTo(new ProgramRun(0, "out\n", "err\n")));
    }

    [Test]
    public async Task Input_goes_to_the_program_and_then_ends()
    {
        var command = Python("import sys; print(sys.stdin.read().upper())")
            .WithStandardInputPipe(
                PipeSource.Create((stdin, token) => stdin.WriteAsync("hello"u8.ToArray(), token).AsTask())
            );

        var run = await ProgramRun.OfAsync(command, Deadline.Token());

        Assert.That(run.Stdout, Is.EqualTo("HELLO\n"));
    }

    [Test]
    public async Task A_program_need_not_read_its_input()
    {
        var command = Python("print('done')")
            .WithStandardInputPipe(
                PipeSource.Create(
                    async (stdin, token) =>
                    {
                        while (true)
                        {
                            await stdin.WriteAsync(new byte[65_536], token);
                        }
                    }
                )
            );

        var run = await ProgramRun.OfAsync(command, Deadline.Token());

        Assert.That(run, Is.EqualTo(new ProgramRun(0, "done\n", "")));
    }

    [Test]
    public async Task A_variable_is_set_and_a_null_removes_one()
    {
        var command = Python("import os; print(os.environ.get('COLOUR'), os.environ.get('HOME'))")
            .WithEnvironmentVariables(new Dictionary<string, string?> { ["COLOUR"] = "blue", ["HOME"] = null });

        var run = await ProgramRun.OfAsync(command, Deadline.Token());

        Assert.That(run.Stdout, Is.EqualTo("blue None\n"));
    }

    [Test]
    public void A_program_that_is_not_there_cannot_be_started()
    {
        Assert.Throws<System.ComponentModel.Win32Exception>(() => Cli.Wrap("no-such-program").ExecuteAsync());
    }

    [Test]
    public async Task Cancellation_kills_the_program_and_its_children()
    {
        using var forceful = new CancellationTokenSource();
        var (pipe, firstLine) = FirstLine();
        var command = Python(StartChild + "\ntime.sleep(600)").WithStandardOutputPipe(pipe);
        var task = command.ExecuteAsync(forceful.Token);
        var child = int.Parse(await firstLine.WaitAsync(Deadline.Limit));

        await forceful.CancelAsync();

        Assert.That(
            async () => await task.Task.WaitAsync(Deadline.Limit),
            Throws.InstanceOf<OperationCanceledException>()
        );
        await Deadline.UntilAsync(() => !IsAlive(task.ProcessId) && !IsAlive(child), "parent and child are gone");
    }

    [Test]
    public async Task What_was_cancelled_has_no_exit_code_even_if_its_pipes_are_closed()
    {
        using var forceful = new CancellationTokenSource();
        var closed = new TaskCompletionSource();
        var command = Python("import os, time; os.close(1); os.close(2); time.sleep(600)")
            .WithStandardErrorPipe(
                PipeTarget.Create(
                    async (stream, token) =>
                    {
                        await stream.CopyToAsync(Stream.Null, token);
                        closed.SetResult();
                    }
                )
            );
        var task = command.ExecuteAsync(forceful.Token);
        await closed.Task.WaitAsync(Deadline.Limit);

        await forceful.CancelAsync();

        Assert.That(
            async () => await task.Task.WaitAsync(Deadline.Limit),
            Throws.InstanceOf<OperationCanceledException>()
        );
    }

    [Test]
    public async Task Pipes_that_an_orphan_holds_can_be_left_by_cancellation()
    {
        using var forceful = new CancellationTokenSource();
        var (pipe, firstLine) = FirstLine();
        var task = Python(StartChild).WithStandardOutputPipe(pipe).ExecuteAsync(forceful.Token);
        var orphan = int.Parse(await firstLine.WaitAsync(Deadline.Limit));
        try
        {
            await Deadline.UntilAsync(() => !IsAlive(task.ProcessId), "the parent is gone");
            Assert.That(task.Task.IsCompleted, Is.False, "the orphan may still write");

            await forceful.CancelAsync();

            Assert.That(
                async () => await task.Task.WaitAsync(Deadline.Limit),
                Throws.InstanceOf<OperationCanceledException>()
            );
        }
        finally
        {
            Process.GetProcessById(orphan).Kill();
        }
    }

    private static Command Python(string program) => Cli.Wrap("python3").WithArguments(["-c", program]);

    private static (PipeTarget, Task<string>) FirstLine()
    {
        var line = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var pipe = PipeTarget.Create(
            async (stream, token) =>
            {
                using var reader = new StreamReader(stream, Encoding.UTF8);
                line.SetResult(await reader.ReadLineAsync(token) ?? "");
                await reader.ReadToEndAsync(token);
            }
        );
        return (pipe, line.Task);
    }

    private static bool IsAlive(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
