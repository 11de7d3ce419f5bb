using System.Globalization;
using System.Text;
using Grader.Hosting;
using Grader.Launching;
using Grader.Sandboxing;

namespace Grader.Assignments.Tests;

/// <summary>The model clients talk with a model server, in its network.</summary>
internal sealed class ReferenceClientTests
{
    private const string Message = "grüße, \"42\"";

    private static readonly string[] Languages = ["Python", "C#"];

    private static readonly (string Assignment, string[] Says, string Hears)[] Conversations =
    [
        ("echo", [Message], Message),
        ("sum", ["12", "-30.5"], "-18.5"),
    ];

    private static IEnumerable<TestCaseData> Clients =>
        from conversation in Conversations
        from language in Languages
        select new TestCaseData(
            Catalogue.All.Single(assignment => assignment.Id == conversation.Assignment),
            language,
            conversation.Says,
            conversation.Hears
        ).SetArgDisplayNames(conversation.Assignment, language);

    [TestCaseSource(nameof(Clients))]
    public async Task A_client_prints_the_reply_and_ends_with_0(
        Assignment assignment,
        string language,
        string[] says,
        string hears
    )
    {
        using var workspace = Workspace.Create(Sandboxes.Choice.Sandbox);
        workspace.CopyIn(Path.Combine(FindReferences(assignment), "python"));
        var recipe = RecipeFinder.Find(workspace.Built, assignment.Stems, []);
        var clock = new FairClock(new Limits().Submission, TimeProvider.System);
        var launcher = new Launcher(recipe, workspace, new Limits(), clock, new Log(10_000));
        await using var server = await launcher.StartAsync(host: null, port: null, CancellationToken.None);

        var run = await server.Host.RunAsync(() => Start(assignment, language, says, server.Endpoint.Port));
        var (code, output, _) = await run;

        Assert.That((code, output.TrimEnd('\n')), Is.EqualTo((0, hears)));
    }

    [TestCaseSource(nameof(Clients))]
    public async Task A_client_without_a_server_says_so_in_one_line(
        Assignment assignment,
        string language,
        string[] says,
        string _
    )
    {
        await using var host = await Hosts.OpenAsync();
        var port = host.AssignPort();

        var run = await host.RunAsync(() => Start(assignment, language, says, port));
        var (code, output, errors) = await run;

        Assert.That((code, output), Is.EqualTo((1, "")));
        Assert.That(errors.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1));
        Assert.That(errors, Does.Contain(port.ToString(CultureInfo.InvariantCulture)));
    }

    private static string FindReferences(Assignment assignment) =>
        Path.Combine(Repository.Root, "reference", assignment.Id);

    // File-based programs are compiled ahead of time by default, which needs what is not in the SDK.
    private static string[] FindClient(Assignment assignment, string language)
    {
        var folder = FindReferences(assignment);
        return language == "Python"
            ? ["python3", Path.Combine(folder, "python", $"{assignment.Id}_client.py")]
            :
            [
                "dotnet",
                "run",
                Path.Combine(folder, "csharp", $"{assignment.Id}_client.cs"),
                "-p:PublishAot=false",
                "--",
            ];
    }

    private static async Task<(int Code, string Output, string Errors)> Start(
        Assignment assignment,
        string language,
        string[] says,
        int port
    )
    {
        var command = FindClient(assignment, language);
        var output = new MemoryStream();
        var errors = new MemoryStream();
        var result = await Cli.Wrap(command[0])
            .WithArguments([.. command[1..], .. says, port.ToString(CultureInfo.InvariantCulture)])
            .WithStandardOutputPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(output, token)))
            .WithStandardErrorPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(errors, token)))
            .ExecuteAsync()
            .Task;
        return (result.ExitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(errors.ToArray()));
    }
}
