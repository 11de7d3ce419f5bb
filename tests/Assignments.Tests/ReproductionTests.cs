using System.Globalization;
using System.Text;
using Grader.Hosting;
using Grader.Launching;
using Grader.Reports;

namespace Grader.Assignments.Tests;

/// <summary>The scripts that are handed out show the failure with the server that failed, and none with a right one.</summary>
internal sealed class ReproductionTests
{
    private const int MostLines = 40;

    private static readonly string[] Unseen =
    [
        "starts",
        "bounded-memory",
        "closes-connections",
        "idles-quietly",
        "stops-on-interrupt",
        "restarts-on-its-port",
    ];

    // Each script waits for a silence or two: a quarter of them in every run, the others in the long one.
    private const int Share = 4;

    private static IEnumerable<ZooServer> Some => Zoo.Wrong.Where((_, index) => index % Share == 0);

    private static IEnumerable<ZooServer> Others => Zoo.Wrong.Except(Some);

    [TestCaseSource(nameof(Others))]
    [Category("Load")]
    public Task Every_script_fails_with_the_wrong_server_and_not_with_the_reference(ZooServer server) =>
        A_script_fails_with_the_wrong_server_and_not_with_the_reference(server);

    [TestCaseSource(nameof(Some))]
    public async Task A_script_fails_with_the_wrong_server_and_not_with_the_reference(ZooServer server)
    {
        if (Hosts.Mode != HostMode.OwnNetwork)
        {
            Assert.Ignore("needs networks of its own");
        }

        var graded = await Zoo.GradeWholeOnceAsync(server);
        var scripts = graded.Failed.Select(failed => ReproductionScript.Render(server.Assignment, failed));
        if (scripts.OfType<string>().FirstOrDefault() is not { } script)
        {
            // What fails cannot be seen over a connection.
            Assert.That(server.Fails, Is.SubsetOf(Unseen));
            return;
        }

        var reference = Path.Combine(Repository.Root, "reference", server.Assignment.Id, "python");
        var wrong = await RunAsync(server.Assignment, server.Folder, script);
        var right = await RunAsync(server.Assignment, reference, script);

        Assert.That(wrong.Code, Is.EqualTo(1), script);
        Assert.That(wrong.Errors, Does.Contain("expected").And.Contain("got"), script);
        Assert.That((right.Code, right.Output, right.Errors), Is.EqualTo((0, "as expected\n", "")), script);
        Assert.That(script.Split('\n').Count(line => line.Length > 0), Is.LessThanOrEqualTo(MostLines), script);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(
        Assignment assignment,
        string folder,
        string script
    )
    {
        using var workspace = Workspace.Create();
        workspace.CopyIn(folder);
        var log = new Log(10_000);
        var clock = new FairClock(new Limits().Submission, TimeProvider.System);
        var recipe = await new Builder(workspace, new Limits(), log).BuildAsync(
            RecipeFinder.Find(workspace.Built, assignment.Stems, []),
            CancellationToken.None
        );
        Server server;
        try
        {
            server = await new Launcher(
                recipe,
                workspace,
                new Limits { Start = TimeSpan.FromSeconds(2) },
                clock,
                log
            ).StartAsync(host: null, port: null, CancellationToken.None);
        }
        catch (Checks.CheckFailedException)
        {
            await using var host = await Hosts.OpenAsync();
            return await (await host.RunAsync(() => PlayAsync(script, host.AssignPort())));
        }

        await using (server)
        {
            return await (await server.Host.RunAsync(() => PlayAsync(script, server.Endpoint.Port)));
        }
    }

    private static async Task<(int Code, string Output, string Errors)> PlayAsync(string script, int port)
    {
        var output = new MemoryStream();
        var errors = new MemoryStream();
        var result = await Cli.Wrap("python3")
            .WithArguments(["-c", script, port.ToString(CultureInfo.InvariantCulture)])
            .WithStandardOutputPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(output, token)))
            .WithStandardErrorPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(errors, token)))
            .ExecuteAsync()
            .Task;
        return (result.ExitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(errors.ToArray()));
    }
}
