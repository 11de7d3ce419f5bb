using Grader.Tests.Support;

namespace Grader.Tests.Commands;

/// <summary>Clients as people hand them in: each takes what it asks for, and finds its server, in a way of its own.</summary>
internal sealed class ClientCommandTests
{
    private const string Talk = """


        def talk(host, port, message):
            with socket.create_connection((host, int(port)), timeout=5) as server:
                server.sendall(message.encode())
                reply = b""
                while len(reply) < len(message.encode()):
                    part = server.recv(1024)
                    if not part:
                        sys.exit("the server closed too early")
                    reply += part
            print(reply.decode())


        """;

    private readonly TemporaryFolder _folder = new();

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("talk('localhost', 10000, sys.argv[1])", "arguments: the message; port 10000")]
    [TestCase("talk('10.0.0.7', 4242, ' '.join(sys.argv[1:]))", "arguments: the message; port 4242")]
    [TestCase("talk('localhost', sys.argv[2], sys.argv[1])", "arguments: the message, port")]
    [TestCase("talk(*sys.argv[1:])", "arguments: host, port, the message")]
    [TestCase("talk('localhost', int(sys.argv[1]), sys.argv[2])", "arguments: port, the message")]
    [TestCase("talk(sys.argv[2], int(sys.argv[1]), sys.argv[3])", "arguments: port, host, the message")]
    [TestCase("talk('localhost', 4242, input())", "standard input: the message; port 4242")]
    [TestCase("talk(sys.argv[1], sys.argv[2], input())", "arguments: host, port; standard input: the message")]
    [TestCase("talk('localhost', int(sys.argv[1]), input())", "arguments: port; standard input: the message")]
    [TestCase(
        "assert len(sys.argv) == 2; socket.inet_pton(socket.AF_INET, sys.argv[1]); talk(sys.argv[1], 4242, input())",
        "arguments: host; standard input: the message; port 4242"
    )]
    public async Task How_a_client_wants_to_be_started_is_found_out(string program, string told)
    {
        Machine.RequireOwnNetworks();
        _folder.Write("echo_client.py", $"import socket\nimport sys\n{Talk}{program}\n");

        var run = await CheckAsync("echo-client", "--only", "prints-reply");

        Assert.That(run.Stdout, Does.Contain($"started as Python (echo_client.py), {told}\n"));
        Assert.That(run.ExitCode, Is.Zero, run.Stdout);
    }

    [Test]
    public async Task A_client_that_reads_lines_until_their_end_hears_the_reply_before_it_comes()
    {
        Machine.RequireOwnNetworks();
        _folder.Write(
            "echo_client.py",
            """
            import socket
            import sys
            import threading

            server = socket.create_connection(("127.0.0.1", 10000))


            def listen():
                while data := server.recv(1024):
                    print("Received:", data.decode())


            threading.Thread(target=listen, daemon=True).start()
            for line in sys.stdin:
                if line == "quit\n":
                    break
                server.sendall(line.rstrip("\n").encode())
            """
        );

        var run = await CheckAsync("echo-client", "--only", "prints-reply", "late-reply", "exits-zero");

        Assert.That(run.Stdout, Does.Contain("standard input: the message; port 10000\n"));
        Assert.That(run.ExitCode, Is.Zero, run.Stdout);
    }

    [TestCase("port, a, b = sys.argv[1:]", "arguments: port, the two numbers")]
    [TestCase("a, b, port = sys.argv[1:]", "arguments: the two numbers, port")]
    public async Task A_number_that_a_client_is_to_add_is_no_port(string program, string told)
    {
        Machine.RequireOwnNetworks();
        _folder.Write(
            "sum_client.py",
            $"""
            import socket
            import sys

            {program}
            server = socket.create_connection(("127.0.0.1", int(port)), timeout=5)
            server.sendall(f"{"{a} {b}"}\n".encode())
            print(server.makefile().readline())
            """
        );

        var run = await CheckAsync("sum-client", "--only", "prints-sum", "reply-in-pieces");

        Assert.That(run.Stdout, Does.Contain($"started as Python (sum_client.py), {told}\n"));
        Assert.That(run.ExitCode, Is.Zero, run.Stdout);
    }

    [Test]
    public async Task A_client_is_started_as_its_folder_says()
    {
        _folder.Write("talk.py", $"import socket\nimport sys\n{Talk}talk(sys.argv[2], sys.argv[1], input())\n");
        _folder.Write(
            "submission.json",
            """{ "client": ["python3", "talk.py", "{port}", "{host}"], "stdin": ["{message}"] }"""
        );

        var run = await CheckAsync("echo-client", "--only", "prints-reply", "sends-all");

        Assert.That(run.Stdout, Does.Contain("started as submission.json\n"));
        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Failed), "a mebibyte on standard input, and it sends all first");
        Assert.That(run.Stdout, Does.Contain("client-deadlocks-on-large"));
    }

    [Test]
    public async Task A_server_is_checked_first_and_its_client_is_not_forgotten()
    {
        _folder.Write("echo_client.py", "print('hello')\n");
        _folder.Add(Repository.PythonReference, "both");

        var run = await GraderProgram.RunAsync(
            _folder.Path,
            new Dictionary<string, string?>(),
            "check",
            "both",
            "--only",
            "starts"
        );

        Assert.That(run.Stdout, Does.StartWith("both, echo: "));
        Assert.That(
            run.Stdout,
            Does.EndWith(
                "In the same folder: the client (grader check echo-client both), the pair (grader check echo-pair both)\n"
            )
        );
    }

    [Test]
    public async Task A_report_of_a_client_reads_as_one()
    {
        _folder.Write(
            "echo_client.py",
            """
            import socket
            import sys

            with socket.create_connection(("127.0.0.1", 10000), timeout=5) as server:
                server.sendall(sys.argv[1].encode())
                print("Received", server.recv(1024).decode())
            """
        );

        var run = await CheckAsync("echo-client", "--only", "reply-in-pieces");

        await Verifier.Verify(
            run.Stdout.Replace(_folder.Path, "folder", StringComparison.Ordinal)
                .Replace(Path.GetFileName(_folder.Path), "folder", StringComparison.Ordinal)
        );
    }

    [Test]
    public async Task A_client_that_takes_ever_more_is_told_to_look_for_the_loop_and_of_no_other_cause()
    {
        Machine.RequireOwnNetworks();
        _folder.Write(
            "echo_client.py",
            """
            import socket
            import sys

            server = socket.create_connection(("127.0.0.1", 10000), timeout=5)
            server.sendall(sys.argv[1].encode())
            kept = []
            while True:
                kept.append(bytearray(10_000_000))
            """
        );

        var run = await CheckAsync("echo-client", "--only", "prints-reply");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCode.Failed), run.Stdout);
        Assert.That(run.Stdout, Does.Match("was ended by the grader: it had more than .* of memory"));
        Assert.That(run.Stdout, Does.Contain("Look for a loop that takes ever more"));
        Assert.That(run.Stdout, Does.Not.Contain("explains"));
    }

    [Test]
    public async Task A_server_that_ends_while_ways_to_start_its_client_are_tried_is_started_again()
    {
        _folder.Write(
            "sum_client.py",
            """
            import socket

            server = socket.create_connection(("127.0.0.1", 50000), timeout=5)
            first = input()
            second = input()
            server.sendall(f"{first} {second}\n".encode())
            print(server.makefile().readline())
            """
        );
        _folder.Write(
            "sum_server.py",
            """
            import socket
            import sys

            server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
            while True:
                client, _ = server.accept()
                first, second = client.recv(1024).split()
                client.sendall(b"%d\n" % (int(first) + int(second)))
                client.close()
            """
        );

        var run = await CheckAsync("sum-pair", "--only", "works");

        Assert.That(run.ExitCode, Is.Zero, run.Stdout);
    }

    [Test]
    public async Task A_batch_takes_server_client_and_pair_from_one_folder()
    {
        _folder.Add(Repository.PythonReference, "class/anna/echo");
        _folder.Write(
            "grading.json",
            """
            {
              "submissions": "class/{student}/{assignment}",
              "sandbox": "auto",
              "assignments": {
                "echo-client": { "folder": "echo", "points": { "silence": 0 } },
                "echo-pair": { "folder": "echo" }
              }
            }
            """
        );

        var run = await GraderProgram.RunAsync(_folder.Path, new Dictionary<string, string?>(), "batch");

        Assert.That(run.ExitCode, Is.Zero, run.Stdout);
        Assert.That(run.Stdout, Does.Not.Contain("Not graded"));
        Assert.That(
            (await File.ReadAllLinesAsync(_folder["reports/grades.csv"])).Skip(1),
            Is.EqualTo(["anna,echo-client,100,100,2,graded", "anna,echo-pair,100,100,0,graded"])
        );
    }

    [TestCase("shared")]
    [TestCase("plain")]
    public async Task Where_there_are_no_networks_a_client_is_run_on_the_loopback(string host)
    {
        var run = await CheckOnAsync(
            host,
            "echo-client",
            Repository.PythonReference,
            "--only",
            "sends-all",
            "reply-in-pieces",
            "reply-boundaries",
            "closes-connection",
            "reset"
        );

        Assert.That(run.ExitCode, Is.Zero, run.Stdout);
    }

    [TestCase("shared")]
    [TestCase("plain")]
    public async Task Where_there_are_no_networks_a_pair_meets_on_the_loopback(string host)
    {
        // Its client half-closes, and waits for the reply after that.
        var run = await CheckOnAsync(host, "echo-pair", Repository.PythonReference);

        Assert.That(run.ExitCode, Is.Zero, run.Stdout);
    }

    [Test]
    public async Task Where_nobody_sees_what_a_client_tries_its_source_tells_the_port()
    {
        _folder.Write("echo_client.py", $"import socket\nimport sys\n{Talk}talk('127.0.0.1', 24_242, sys.argv[1])\n");

        var run = await CheckOnAsync("shared", "echo-client", _folder.Path, "--only", "prints-reply");

        Assert.That(run.ExitCode, Is.Zero, run.Stdout);
        Assert.That(run.Stdout, Does.Contain("arguments: the message; port 24242\n"));
    }

    [Test]
    public async Task On_a_shared_loopback_a_pair_may_have_one_port_in_both_sources()
    {
        _folder.Write(
            "pair/echo_client.py",
            $"import socket\nimport sys\n{Talk}talk('127.0.0.1', 24243, sys.argv[1])\n"
        );
        _folder.Write(
            "pair/echo_server.py",
            """
            import socket

            listener = socket.create_server(("127.0.0.1", 24243))
            while True:
                connection, _ = listener.accept()
                with connection:
                    while part := connection.recv(4096):
                        connection.sendall(part)
            """
        );

        var run = await CheckOnAsync("shared", "echo-pair", _folder["pair"]);

        Assert.That(run.ExitCode, Is.Zero, run.Stdout);
        Assert.That(run.Stdout, Does.StartWith("pair, echo-pair: 85 of 85 points\n"));
    }

    private Task<ProgramRun> CheckAsync(string assignment, params string[] more) =>
        GraderProgram.RunAsync(["check", assignment, _folder.Path, .. more]);

    private static Task<ProgramRun> CheckOnAsync(string host, params string[] arguments) =>
        GraderProgram.RunAsync(
            Repository.Root,
            new Dictionary<string, string?> { ["GRADER_HOST"] = host },
            ["check", .. arguments]
        );
}
