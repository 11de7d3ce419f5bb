using System.Net;
using System.Net.Sockets;
using Grader.Hosting;
using Grader.Tests.Support;

namespace Grader.Tests.Hosting;

/// <summary>Servers that share the machine's loopback do not get in each other's way.</summary>
[Platform("Linux")]
internal sealed class SharedLoopbackTests
{
    [Test]
    public async Task A_client_s_port_is_none_that_servers_choose()
    {
        await using var host = new SharedLoopback();

        using var client = await host.CreateClientAsync(AddressFamily.InterNetwork, receiveBuffer: null);

        Assert.That(((IPEndPoint)client.LocalEndPoint!).Port, Is.GreaterThan(61000));
    }

    [Test]
    public async Task A_server_that_closed_first_leaves_its_port_free()
    {
        await using var host = new SharedLoopback();
        var (client, port) = await ConnectToOneThatClosesAsync(host);

        host.Close(client);

        // Without SO_REUSEADDR, as many students write it; .NET has a name of its own for that.
        using var next = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            ExclusiveAddressUse = true,
        };
        Assert.DoesNotThrow(() => next.Bind(new IPEndPoint(IPAddress.Loopback, port)));
    }

    [Test]
    public async Task A_port_that_a_connection_still_holds_is_waited_for()
    {
        await using var host = new SharedLoopback();
        // What graders that other tests have started left on the same loopback is waited for as well, for a minute.
        using var patience = new CancellationTokenSource(10 * Deadline.Limit);
        var (client, port) = await ConnectToOneThatClosesAsync(host);

        var waiting = host.WaitForPortsAsync(port, patience.Token);
        Assert.That(waiting.IsCompleted, Is.False);
        host.Close(client);

        Assert.That(await waiting, Is.True);
    }

    [Test]
    public async Task A_port_that_another_program_took_is_a_race_lost()
    {
        await using var host = new SharedLoopback();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        var isLost = await host.WaitForPortsAsync(((IPEndPoint)other.LocalEndpoint).Port, Deadline.Token());

        Assert.That(isLost, Is.True);
    }

    [Test]
    public async Task Turns_are_taken_one_at_a_time()
    {
        // Graders that other tests have started take turns on the same loopback.
        using var patience = new CancellationTokenSource(10 * Deadline.Limit);
        using var first = await SharedLoopback.TakeTurnAsync(patience.Token);

        var second = SharedLoopback.TakeTurnAsync(patience.Token);
        Assert.That(second.IsCompleted, Is.False);
        first.Dispose();

        (await second).Dispose();
    }

    // The server's process has let go of its socket, and the client has not: FIN-WAIT-2 on the server's side.
    private static async Task<(Socket Client, int Port)> ConnectToOneThatClosesAsync(SharedLoopback host)
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var endpoint = (IPEndPoint)listener.LocalEndPoint!;
        var client = await host.CreateClientAsync(AddressFamily.InterNetwork, receiveBuffer: null);
        await client.ConnectAsync(endpoint);
        (await listener.AcceptAsync()).Close();
        await client.ReceiveAsync(new byte[1]);
        return (client, endpoint.Port);
    }
}
