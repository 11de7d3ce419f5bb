using System.Net;
using Grader.Hosting;
using Grader.Launching;

namespace Grader.Checks;

/// <summary>The server that all checks of a submission share, and its replacements; and its client, run anew each time.</summary>
/// <param name="launcher">Starts the server; null where none is graded.</param>
/// <param name="cancellationToken">Ends every wait.</param>
public sealed class Stage(Launcher? launcher, CancellationToken cancellationToken) : IAsyncDisposable
{
    private readonly HashSet<IPEndPoint> _elsewhere = [];
    private bool _knowsEnd;

    // One of its servers was waited for in vain, and the next ones work on as that one did.
    private bool _isRestless;

    public Server? Server { get; private set; }

    /// <summary>Starts the client; null where none is graded.</summary>
    public ClientLauncher? Clients { get; init; }

    /// <summary>Whether the server that runs now has answered rightly before.</summary>
    public bool HasServed { get; private set; }

    /// <summary>Whether any of its servers has.</summary>
    public bool HasEverServed { get; private set; }

    /// <summary>How many clients have connected to the server that runs now.</summary>
    public int Connections { get; private set; }

    /// <summary>Every address that a server listened on instead of the port that it was given.</summary>
    public IReadOnlyCollection<IPEndPoint> Elsewhere => _elsewhere;

    /// <summary>The address that a server listened on alone, where it was not the one that it was given.</summary>
    public IPAddress? OtherAddress { get; private set; }

    /// <summary>Whether a server listened on every interface.</summary>
    public bool IsOpenToAll { get; private set; }

    /// <summary>
    /// The exit code with which its servers end when a client has left that was rightly served, as the first one did; null
    /// where that one lived on or ended well.
    /// </summary>
    public int? CodeAfterClient { get; private set; }

    public void MarkServed() => HasServed = HasEverServed = true;

    /// <summary>Notes what became of a server when its clients had left: of the first one, it is what the others do as well.</summary>
    /// <param name="code">Its exit code; null when it lives on or ended well.</param>
    public void NoteAfterClient(int? code)
    {
        if (HasServed && !_knowsEnd)
        {
            _knowsEnd = true;
            CodeAfterClient = Connections == 1 ? code : null;
        }
    }

    public void CountConnection()
    {
        lock (_elsewhere)
        {
            Connections++;
        }
    }

    /// <summary>Gives a check a server that runs and waits: the last one, or a fresh one in its place.</summary>
    public async Task PrepareAsync()
    {
        if (launcher is null)
        {
            return;
        }

        if (Server is { IsNeverQuiet: false } server)
        {
            var settled = await server.SettleAsync(Settling.Briefly, cancellationToken);
            if (settled != Settled.Asleep)
            {
                // It ended, or a check before this one left it spinning.
                await DropAsync();
            }
        }

        // Of a server that crashed a child may live on: it serves nobody.
        if (Server is { HasEnded: true } or { IsListening: false })
        {
            await DropAsync();
        }

        if (Server is null)
        {
            await StartAsync();
        }
    }

    /// <summary>Starts a server in a network of its own; one that runs is ended first.</summary>
    public async Task<Server> StartAsync()
    {
        await DropAsync();
        return await StartAsync(host: null, port: null);
    }

    /// <summary>Kills the server and starts it again in the same network on the same port.</summary>
    public async Task<Server> RestartInPlaceAsync()
    {
        var old = Server!;
        Server = null;
        await old.KillAsync();
        await old.WaitForPortAsync(cancellationToken);
        return await StartAsync(old.Host, old.AssignedPort);
    }

    /// <summary>Ends the server; the next check starts a fresh one.</summary>
    public async Task DropAsync()
    {
        if (Server is { } server)
        {
            Server = null;
            _isRestless |= server.IsRestless;
            await server.DisposeAsync();
        }
    }

    /// <summary>Finds out, of a check that failed, whether its program had room to work in.</summary>
    /// <exception cref="EnvironmentException">The disk is full.</exception>
    public void RequireRoom()
    {
        launcher?.RequireRoom();
        Clients?.RequireRoom();
    }

    public async ValueTask DisposeAsync() => await DropAsync();

    private async Task<Server> StartAsync(Host? host, int? port)
    {
        Server = await launcher!.StartAsync(host, port, cancellationToken);
        HasServed = false;
        Connections = 0;
        if (host is null)
        {
            // Where a server listens whose port is still taken, tells nothing of what it wants.
            Note(Server.Listens, Server.AssignedPort);
        }

        Server.IsRestless = Server.IsNeverQuiet || _isRestless;
        if (Server.IsNeverQuiet && Server.Host.CanObserve)
        {
            await Server.FindBackgroundAsync(cancellationToken);
        }

        return Server;
    }

    private void Note(IPEndPoint listens, int assignedPort)
    {
        IsOpenToAll |= listens.Address.Equals(IPAddress.Any) || listens.Address.Equals(IPAddress.IPv6Any);
        if (!IsOpenToAll && !listens.Address.Equals(IPAddress.Loopback))
        {
            OtherAddress = listens.Address;
        }

        if (listens.Port != assignedPort)
        {
            _elsewhere.Add(listens);
        }
    }
}
