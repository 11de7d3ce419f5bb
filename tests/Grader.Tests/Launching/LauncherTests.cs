using System.Globalization;
using System.Net;
using Grader.Tests.Support;

namespace Grader.Tests.Launching;

internal sealed class LauncherTests
{
    private const int SignalInterrupt = 2;
    private const int SignalPipe = 13;

    [Test]
    public async Task A_hard_coded_port_is_found()
    {
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("hard-coded-port"));

        var server = await launch.StartAsync();

        Assert.That(server.Listens, Is.EqualTo(new IPEndPoint(IPAddress.Loopback, 9090)));
        Assert.That(server.AssignedPort, Is.Not.EqualTo(9090));
    }

    [Test]
    public async Task A_program_that_refuses_arguments_is_started_once_more_without()
    {
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("takes-no-arguments"));

        var first = await launch.StartAsync();
        var said = await Launch.ListenToAsync(first);
        await launch.StopAsync(first);
        await launch.StartAsync();

        Assert.That(said, Is.EqualTo("0 arguments"));
        Assert.That(CountStarts(launch), Is.EqualTo(3), "the second server needs no second try");
    }

    [Test]
    public async Task A_port_can_come_from_the_environment()
    {
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("takes-no-arguments"));

        var server = await launch.StartAsync();

        Assert.That(server.Listens, Is.EqualTo(new IPEndPoint(IPAddress.Loopback, server.AssignedPort)));
    }

    [Test]
    public async Task Input_lines_are_filled_in_and_then_the_input_stays_open()
    {
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("asks-for-its-port"));

        var server = await launch.StartAsync();
        var said = await Launch.ListenToAsync(server);

        Assert.That(server.Listens, Is.EqualTo(new IPEndPoint(IPAddress.Loopback, server.AssignedPort)));
        Assert.That(said, Is.EqualTo("input is open and silent"));
    }

    [Test]
    public async Task A_program_that_ends_well_before_it_listens_fails()
    {
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("exits-before-listening"));

        var failure = await launch.FailToStartAsync();

        Assert.Multiple(() =>
        {
            Assert.That(failure.Expected, Is.EqualTo("a server that listens for TCP connections"));
            Assert.That(failure.Actual, Is.EqualTo("it exited with code 0 before it waited for clients"));
            Assert.That(failure.Server, Is.EqualTo("exited with code 0"));
            Assert.That(failure.Output, Is.EqualTo(["Nothing to do, goodbye."]));
            Assert.That(failure.Hint, Is.EqualTo("The program ran to its end; a server keeps accepting connections."));
        });
    }

    [Test]
    public async Task A_crash_at_start_is_told_with_its_last_lines()
    {
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("crashes-at-start"));

        var failure = await launch.FailToStartAsync();

        Assert.Multiple(() =>
        {
            Assert.That(failure.Actual, Is.EqualTo("it exited with code 1 before it waited for clients"));
            Assert.That(failure.Output[0], Is.EqualTo("starting"));
            Assert.That(failure.Output, Has.Some.Matches("^  File \".*echo_server.py\", line 5, in <module>$"));
            Assert.That(failure.Output[^1], Is.EqualTo("ValueError: the port must be a number"));
            Assert.That(
                failure.Hint,
                Is.EqualTo("Start it at home with a port as its only argument, and mend the error that it prints.")
            );
        });
        Assert.That(CountStarts(launch), Is.EqualTo(2), "once with its port, once without arguments");
    }

    [Test]
    public async Task A_traceback_through_a_library_tells_nothing_of_where_this_machine_keeps_it()
    {
        using var folder = new TemporaryFolder();
        folder.Write("echo_server.py", "import json; json.loads('')");
        await using var launch = await Launch.PrepareAsync(folder.Path);

        var failure = await launch.FailToStartAsync();

        Assert.That(failure.Output, Has.Some.Contains("json"));
        Assert.That(failure.Output, Has.None.Matches("\"/"));
    }

    [Test]
    public async Task Datagrams_are_told_from_silence()
    {
        Machine.RequireLinux();
        var limits = new Limits { Start = TimeSpan.FromSeconds(2) };
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("speaks-udp"), limits);

        var failure = await launch.FailToStartAsync();

        Assert.That(failure.Actual, Is.EqualTo("a UDP socket and no TCP listener"));
        Assert.That(failure.Hint, Is.EqualTo("Make a stream socket (SOCK_STREAM); datagrams are another service."));
    }

    [Test]
    public async Task Silence_past_the_start_limit_names_the_limit()
    {
        var limits = new Limits { Start = TimeSpan.FromSeconds(1.5) };
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("never-listens"), limits);

        var failure = await launch.FailToStartAsync();

        Assert.Multiple(() =>
        {
            Assert.That(failure.Actual, Is.EqualTo("it runs, but does not listen within the start limit of 1.5 s"));
            Assert.That(failure.Server, Is.EqualTo("is running"));
            Assert.That(failure.Output, Is.EqualTo(["loading the model"]));
        });
        Assert.That(CountStarts(launch), Is.EqualTo(1), "silence is no reason to start it again");
    }

    [Test]
    public async Task A_server_that_is_still_on_its_way_is_waited_for()
    {
        Machine.RequireOwnNetworks();
        using var folder = new TemporaryFolder();
        folder.Write(
            "echo_server.py",
            """
            import socket, sys, time
            helper = socket.create_server(("127.0.0.1", 4242))
            while time.process_time() < 1:
                pass
            server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
            time.sleep(1000)
            """
        );
        await using var launch = await Launch.PrepareAsync(folder.Path);

        var server = await launch.StartAsync();

        Assert.That(server.Listens.Port, Is.EqualTo(server.AssignedPort));
    }

    [Test]
    public async Task A_daemon_is_found_and_ended()
    {
        Machine.RequireLinux();
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("goes-to-the-background"));
        var server = await launch.StartAsync();
        Assert.That(await Launch.ListenToAsync(server), Is.EqualTo("daemon"));
        Assert.That(server.HasEnded, Is.False, "it outlives the process that was started");

        await server.KillAsync();

        Assert.That(server.HasEnded, Is.True);
        Assert.That(server.Host.ReadListeners(), Is.Empty);
    }

    [Test]
    public async Task Signals_arrive_at_their_defaults()
    {
        Machine.RequireLinux();
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("tells-its-signals"));

        var server = await launch.StartAsync();
        var said = await Launch.ListenToAsync(server);

        var ignored = ulong.Parse(said, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        Assert.That(ignored & Bit(SignalPipe), Is.Zero, "SIGPIPE is ignored");
        Assert.That(ignored & Bit(SignalInterrupt), Is.Zero, "SIGINT is ignored");
    }

    [Test]
    public async Task An_interrupt_ends_the_server()
    {
        Machine.RequireLinux();
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("hard-coded-port"));
        var server = await launch.StartAsync();

        server.Interrupt();

        await Deadline.UntilAsync(() => server.HasEnded, "SIGINT ends it");
        Assert.That(string.Join('\n', server.Output.Last()), Does.Contain("KeyboardInterrupt"));
    }

    [Test]
    public async Task Every_start_gets_a_fresh_copy_of_the_folder()
    {
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("remembers-its-last-start"));

        for (var start = 0; start < 2; start++)
        {
            var server = await launch.StartAsync();
            var said = await Launch.ListenToAsync(server);
            await launch.StopAsync(server);

            Assert.That(said, Is.EqualTo("fresh"));
        }
    }

    [Test]
    public async Task A_server_can_be_started_again_in_its_network()
    {
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("remembers-its-last-start"));
        var first = await launch.StartAsync();
        await first.KillAsync();

        var second = await launch.StartAsync(first.Host);

        Assert.That(second.Host, Is.SameAs(first.Host));
        Assert.That(await Launch.ListenToAsync(second), Is.EqualTo("fresh"));
    }

    [Test]
    public async Task A_program_that_the_machine_lacks_is_the_machine_s_fault()
    {
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("names-a-missing-interpreter"));

        var fault = Assert.ThrowsAsync<EnvironmentException>(() => launch.StartAsync())!;

        Assert.That(
            fault.Message,
            Is.EqualTo(
                "submission.json: no-such-interpreter is not installed on this machine; install it, or correct its name"
            )
        );
    }

    [Test]
    public async Task A_program_that_was_to_be_in_the_folder_is_the_student_s_fault()
    {
        using var folder = new TemporaryFolder();
        folder.Write("submission.json", """{ "server": ["./echo_server", "{port}"] }""");
        await using var launch = await Launch.PrepareAsync(folder.Path);

        var failure = await launch.FailToStartAsync();

        Assert.That(failure.Expected, Is.EqualTo("the program ./echo_server"));
        Assert.That(failure.Actual, Is.EqualTo("no such file after the build"));
    }

    [Test]
    public async Task The_environment_of_the_grader_is_none_of_a_program_s_business()
    {
        Environment.SetEnvironmentVariable("TESTS_SECRET", "of the grader");
        using var folder = new TemporaryFolder();
        folder.Write("echo_server.py", "import os, sys; sys.exit(' '.join(os.environ))");
        await using var launch = await Launch.PrepareAsync(folder.Path);

        var failure = await launch.FailToStartAsync();

        var names = failure.Output.Single().Split(' ');
        Assert.That(names, Does.Contain("PORT").And.Contain("HOST").And.Contain("HOME"));
        Assert.That(names, Does.Not.Contain("TESTS_SECRET"));
    }

    private static int CountStarts(Launch launch) =>
        launch.Log.Read().Split('\n').Count(line => line.StartsWith("start ", StringComparison.Ordinal));

    private static ulong Bit(int signal) => 1ul << (signal - 1);
}
