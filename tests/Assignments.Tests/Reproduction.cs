using System.Globalization;
using System.Text;
using Grader.Hosting;
using Grader.Launching;
using Grader.Sandboxing;

namespace Grader.Assignments.Tests;

/// <summary>Plays a script that was handed out, as a student does.</summary>
internal static class Reproduction
{
    public static void RequireNetworks()
    {
        if (Hosts.Mode != HostMode.OwnNetwork)
        {
            Assert.Ignore("needs networks of its own");
        }
    }

    /// <summary>The script shows the failure with the server that failed, and none with the reference.</summary>
    public static async Task RequireFailureAsync(Assignment assignment, string folder, string script)
    {
        var reference = Path.Combine(Repository.Root, "reference", assignment.Id, "python");
        var wrong = await RunAsync(assignment, folder, script);
        var right = await RunAsync(assignment, reference, script);

        Assert.That(wrong.Code, Is.EqualTo(1), script);
        Assert.That(wrong.Errors, Does.Contain("expected").And.Contain("got"), script);
        Assert.That((right.Code, right.Output, right.Errors), Is.EqualTo((0, "as expected\n", "")), script);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(
        Assignment assignment,
        string folder,
        string script
    )
    {
        using var workspace = Workspace.Create(Sandboxes.Choice.Sandbox);
        workspace.CopyIn(folder);
        var log = new Log(10_000);
        var clock = new FairClock(new Limits().Submission, TimeProvider.System);
        var recipe = await new Builder(workspace, new Limits(), TimeProvider.System, log).BuildAsync(
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
        // A script that hangs fails its test.
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var output = new MemoryStream();
        var errors = new MemoryStream();
        var result = await Cli.Wrap("python3")
            .WithArguments(["-c", script, port.ToString(CultureInfo.InvariantCulture)])
            .WithStandardOutputPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(output, token)))
            .WithStandardErrorPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(errors, token)))
            .ExecuteAsync(limit.Token)
            .Task;
        return (result.ExitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(errors.ToArray()));
    }
}
