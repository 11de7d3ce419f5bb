using System.Net.Sockets;
using System.Text;
using Grader.Checks;
using Grader.Hosting;
using Grader.Launching;
using Grader.Sandboxing;

namespace Grader.Tests.Support;

/// <summary>A fixture's program, copied, built, and started as often as a test asks for.</summary>
internal sealed class Launch : IAsyncDisposable
{
    private readonly Launcher _launcher;
    private readonly List<Server> _servers = [];

    private Launch(Workspace workspace, Log log, Launcher launcher)
    {
        Workspace = workspace;
        Log = log;
        _launcher = launcher;
    }

    public Workspace Workspace { get; }

    public Log Log { get; }

    public static async Task<Launch> PrepareAsync(string folder, Limits? limits = null)
    {
        Machine.RequirePython();
        var workspace = Workspace.Create(Sandboxes.Choice.Sandbox);
        workspace.CopyIn(folder);
        var log = new Log(bound: 100_000);
        var recipe = RecipeFinder.Find(workspace.Built, ["echo_server"], []);
        recipe = await new Builder(workspace, limits ?? new Limits(), TimeProvider.System, log).BuildAsync(
            recipe,
            Deadline.Token()
        );
        var clock = new FairClock(new Limits().Submission, TimeProvider.System);
        return new Launch(workspace, log, new Launcher(recipe, workspace, limits ?? new Limits(), clock, log));
    }

    public async Task<Server> StartAsync(Host? host = null)
    {
        var server = await _launcher.StartAsync(host, port: null, Deadline.Token());
        _servers.Add(server);
        return server;
    }

    /// <summary>Starts a program that must not come to listen, and gives the reason.</summary>
    public async Task<Failure> FailToStartAsync()
    {
        try
        {
            await StartAsync();
        }
        catch (CheckFailedException e)
        {
            return e.Failure;
        }

        throw new AssertionException("The program listens, and was to fail.");
    }

    /// <summary>All that the server says to a client that says nothing.</summary>
    public static async Task<string> ListenToAsync(Server server)
    {
        using var socket = await server.Host.CreateClientAsync(server.Endpoint.AddressFamily, receiveBuffer: null);
        await socket.ConnectAsync(server.Endpoint, Deadline.Token());
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return (await reader.ReadToEndAsync(Deadline.Token())).TrimEnd();
    }

    /// <summary>Ends a server and its network before the test ends.</summary>
    public async Task StopAsync(Server server)
    {
        _servers.Remove(server);
        await server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        // Once for each network: its number goes to another one as soon as it is closed.
        foreach (var server in _servers.DistinctBy(server => server.Host))
        {
            await server.DisposeAsync();
        }

        Workspace.Dispose();
    }
}
