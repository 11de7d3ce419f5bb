using System.Net;
using System.Net.Sockets;
using Grader.Hosting;
using Grader.Tests.Support;

namespace Grader.Tests.Hosting;

internal sealed class ConnectionAttemptsTests
{
    [Test]
    public async Task Where_nobody_listens_one_sees_who_was_looked_for()
    {
        Machine.RequireOwnNetworks();
        await using var host = await Hosts.OpenAsync();
        await using var attempts = await host.WatchAttemptsAsync();
        Assert.That(attempts, Is.Not.Null);
        IPEndPoint[] targets =
        [
            new(IPAddress.Loopback, 4711),
            new(IPAddress.Parse("192.168.1.5"), 80),
            new(IPAddress.IPv6Loopback, 4712),
        ];

        foreach (var target in targets.Append(targets[0]))
        {
            using var socket = await host.CreateClientAsync(target.AddressFamily, receiveBuffer: null);
            Assert.That(
                async () => await socket.ConnectAsync(target, Deadline.Token()),
                Throws.InstanceOf<SocketException>()
            );
        }

        Assert.That(await attempts!.ReadAsync(), Is.EqualTo(targets));
    }

    [Test]
    public async Task What_a_server_answers_is_no_attempt()
    {
        Machine.RequireOwnNetworks();
        await using var host = await Hosts.OpenAsync();
        var listeners = await host.ListenAsync(4711);
        await using var attempts = await host.WatchAttemptsAsync();
        using var client = await host.CreateClientAsync(AddressFamily.InterNetwork, receiveBuffer: null);

        await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, 4711), Deadline.Token());
        await client.SendAsync("hello"u8.ToArray(), Deadline.Token());

        Assert.That(await attempts!.ReadAsync(), Is.EqualTo([new IPEndPoint(IPAddress.Loopback, 4711)]));
        foreach (var listener in listeners)
        {
            listener.Dispose();
        }
    }
}
