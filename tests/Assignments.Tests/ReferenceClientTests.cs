using System.Globalization;
using System.Text;
using Grader.Launching;

namespace Grader.Assignments.Tests;

/// <summary>The model clients talk with a model server, in its network.</summary>
internal sealed class ReferenceClientTests
{
    private const string Message = "grüße, \"42\"";

    private static readonly string References = Path.Combine(Repository.Root, "reference", "echo");

    private static IEnumerable<TestCaseData> Clients =>
        [
            new TestCaseData(
                "python3",
                new[] { Path.Combine(References, "python", "echo_client.py") }
            ).SetArgDisplayNames("Python"),
            // File-based programs are compiled ahead of time by default, which needs what is not in the SDK.
            new TestCaseData(
                "dotnet",
                new[] { "run", Path.Combine(References, "csharp", "echo_client.cs"), "-p:PublishAot=false", "--" }
            ).SetArgDisplayNames("C#"),
        ];

    [TestCaseSource(nameof(Clients))]
    public async Task A_client_prints_the_reply_and_ends_with_0(string program, string[] arguments)
    {
        using var workspace = Workspace.Create();
        workspace.CopyIn(Path.Combine(References, "python"));
        var recipe = RecipeFinder.Find(workspace.Built, Catalogue.All[0].Stems, []);
        var launcher = new Launcher(recipe, workspace, new Limits(), new Log(10_000));
        await using var server = await launcher.StartAsync(host: null, port: null, CancellationToken.None);

        var run = await server.Host.RunAsync(() => Start(program, arguments, server.Endpoint.Port));
        var (code, output, _) = await run;

        Assert.That((code, output.TrimEnd('\n')), Is.EqualTo((0, Message)));
    }

    [TestCaseSource(nameof(Clients))]
    public async Task A_client_without_a_server_says_so_in_one_line(string program, string[] arguments)
    {
        await using var host = await Hosting.Hosts.OpenAsync();
        var port = host.AssignPort();

        var run = await host.RunAsync(() => Start(program, arguments, port));
        var (code, output, errors) = await run;

        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(errors.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1));
        Assert.That(errors, Does.Contain(port.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<(int Code, string Output, string Errors)> Start(
        string program,
        string[] arguments,
        int port
    )
    {
        var output = new MemoryStream();
        var errors = new MemoryStream();
        var result = await Cli.Wrap(program)
            .WithArguments([.. arguments, Message, port.ToString(CultureInfo.InvariantCulture)])
            .WithStandardOutputPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(output, token)))
            .WithStandardErrorPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(errors, token)))
            .ExecuteAsync()
            .Task;
        return (result.ExitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(errors.ToArray()));
    }
}
