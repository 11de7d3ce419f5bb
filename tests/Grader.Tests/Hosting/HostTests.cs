using System.Net;
using System.Net.Sockets;
using Grader.Hosting;
using Grader.Tests.Support;

namespace Grader.Tests.Hosting;

internal sealed class HostTests
{
    [Test]
    public async Task Two_servers_with_the_same_hard_coded_port_run_side_by_side()
    {
        Machine.RequireOwnNetworks();
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("hard-coded-port"));
        await using var other = await Launch.PrepareAsync(Repository.Fixture("hard-coded-port"));

        var servers = await Task.WhenAll(launch.StartAsync(), other.StartAsync());
        var said = await Task.WhenAll(servers.Select(Launch.ListenToAsync));

        Assert.That(servers.Select(server => server.Listens.Port), Is.EqualTo([9090, 9090]));
        Assert.That(said, Is.EqualTo(servers.Select(server => server.Host.Cookie)), "each client meets its own server");
    }

    [Test]
    public async Task Ports_repeat_from_network_to_network()
    {
        Machine.RequireOwnNetworks();
        var seen = new List<int[]>();

        for (var i = 0; i < 2; i++)
        {
            await using var host = await Hosts.OpenAsync();
            using var first = await host.CreateClientAsync(AddressFamily.InterNetwork, receiveBuffer: null);
            using var second = await host.CreateClientAsync(AddressFamily.InterNetworkV6, receiveBuffer: null);
            seen.Add([host.AssignPort(), PortOf(first), PortOf(second)]);
        }

        Assert.That(seen[1], Is.EqualTo(seen[0]));
        Assert.That(seen[0], Is.Unique);
    }

    [TestCase("10.1.2.3")]
    [TestCase("192.168.178.20")]
    [TestCase("203.0.113.9")]
    public async Task Every_ipv4_address_can_be_bound_and_reached(string address)
    {
        Machine.RequireOwnNetworks();
        await using var host = await Hosts.OpenAsync();
        using var listener = await ListenAsync(host, new IPEndPoint(IPAddress.Parse(address), 8080));
        using var client = await host.CreateClientAsync(AddressFamily.InterNetwork, receiveBuffer: null);

        await client.ConnectAsync(listener.LocalEndPoint!, Deadline.Token());
        using var accepted = await listener.AcceptAsync(Deadline.Token());

        Assert.That(accepted.LocalEndPoint, Is.EqualTo(listener.LocalEndPoint));
        Assert.That(host.ReadListeners().Single().Local, Is.EqualTo(listener.LocalEndPoint));
    }

    [Test]
    public async Task A_network_of_ones_own_reaches_no_other()
    {
        Machine.RequireOwnNetworks();
        await using var host = await Hosts.OpenAsync();
        await using var other = await Hosts.OpenAsync();
        using var listener = await ListenAsync(other, new IPEndPoint(IPAddress.Loopback, 8080));
        using var client = await host.CreateClientAsync(AddressFamily.InterNetwork, receiveBuffer: null);

        var refused = Assert.ThrowsAsync<SocketException>(() => client.ConnectAsync(listener.LocalEndPoint!))!;

        Assert.That(refused.SocketErrorCode, Is.EqualTo(SocketError.ConnectionRefused));
    }

    [Test]
    public async Task Killing_all_ends_a_daemon_so_that_nothing_listens_any_more()
    {
        Machine.RequireLinux();
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("goes-to-the-background"));
        var server = await launch.StartAsync();
        Assert.That(server.Host.FindProcesses(), Is.Not.Empty);

        await server.Host.KillAllAsync();

        Assert.That(server.Host.FindProcesses(), Is.Empty);
        await server.WaitForPortAsync(Deadline.Token());
        Assert.That(server.Host.ReadListeners(), Is.Empty);
        Assert.That(() => Launch.ListenToAsync(server), Throws.InstanceOf<SocketException>());
    }

    [Test]
    public async Task The_server_s_side_of_a_connection_shows_what_it_has_not_read()
    {
        Machine.RequireLinux();
        await using var launch = await Launch.PrepareAsync(Repository.Fixture("computes-without-end"));
        var server = await launch.StartAsync();
        using var client = await server.Host.CreateClientAsync(AddressFamily.InterNetwork, receiveBuffer: null);
        await client.ConnectAsync(server.Endpoint, Deadline.Token());
        var local = (IPEndPoint)client.LocalEndPoint!;
        SocketRow? Row() => server.Host.FindSide(server.Endpoint, local);

        // It reads once, and never again.
        await client.SendAsync("first"u8.ToArray());
        await Deadline.UntilAsync(() => Row() is { ReceiveQueue: 0 }, "the first message is read");
        await client.SendAsync("second"u8.ToArray());
        await Deadline.UntilAsync(() => Row() is { ReceiveQueue: 6 }, "the second message waits");

        Assert.That(Row()!.State, Is.EqualTo(SocketState.Established));
        Assert.That(server.Sample().IsAsleep, Is.False);
    }

    [TestCase("127.0.0.1")]
    [TestCase("0.0.0.0")]
    [TestCase("::1")]
    [TestCase("::")]
    public async Task One_socket_is_told_of_as_in_the_table_of_all(string address)
    {
        Machine.RequireOwnNetworks();
        await using var host = await Hosts.OpenAsync();
        using var listener = await ListenAsync(host, new IPEndPoint(IPAddress.Parse(address), 0));
        var listens = (IPEndPoint)listener.LocalEndPoint!;
        var endpoint = new IPEndPoint(
            address.Contains(':') ? IPAddress.IPv6Loopback : IPAddress.Loopback,
            listens.Port
        );
        using var client = await host.CreateClientAsync(endpoint.AddressFamily, receiveBuffer: null);
        await client.ConnectAsync(endpoint, Deadline.Token());
        await client.SendAsync("unread"u8.ToArray());
        var (local, remote) = ((IPEndPoint)client.LocalEndPoint!, (IPEndPoint)client.RemoteEndPoint!);
        await Deadline.UntilAsync(() => !host.IsDelivering(local, remote), "the message arrives");

        var rows = host.ReadSockets();
        SocketRow Side(IPEndPoint own, IPEndPoint other) =>
            rows.Single(row => row.Local.Equals(own) && row.Remote.Equals(other));
        Assert.Multiple(() =>
        {
            Assert.That(host.FindListener(listens), Is.EqualTo(rows.Single(row => row.State == SocketState.Listen)));
            Assert.That(host.FindListener(listens)!.ReceiveQueue, Is.EqualTo(1), "one waits to be accepted");
            Assert.That(host.FindSide(remote, local), Is.EqualTo(Side(remote, local)));
            Assert.That(host.FindSide(remote, local)!.ReceiveQueue, Is.EqualTo("unread".Length));
            Assert.That(host.FindSide(local, remote), Is.EqualTo(Side(local, remote)));
        });
    }

    [Test]
    public async Task Sockets_that_are_not_there_are_not_found()
    {
        Machine.RequireLinux();
        await using var host = await Hosts.OpenAsync();
        using var listener = await ListenAsync(host, new IPEndPoint(IPAddress.Loopback, 0));
        var listens = (IPEndPoint)listener.LocalEndPoint!;

        Assert.Multiple(() =>
        {
            Assert.That(host.FindListener(new IPEndPoint(IPAddress.Loopback, 1)), Is.Null);
            Assert.That(host.FindSide(listens, new IPEndPoint(IPAddress.Loopback, 1)), Is.Null, "only who listens is");
        });
    }

    internal static Task<Socket> ListenAsync(Host host, IPEndPoint endpoint) =>
        host.RunAsync(() =>
        {
            var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(endpoint);
            socket.Listen();
            return socket;
        });

    private static int PortOf(Socket socket) => ((IPEndPoint)socket.LocalEndPoint!).Port;
}
