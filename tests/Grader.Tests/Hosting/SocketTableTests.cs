using System.Net;
using Grader.Hosting;
using Grader.Tests.Support;

namespace Grader.Tests.Hosting;

internal sealed class SocketTableTests
{
    private const string Header =
        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    private readonly TemporaryFolder _folder = new();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public void A_row_of_ipv4_tells_addresses_state_queues_and_inode()
    {
        RequireLittleEndian();
        _folder.Write(
            "tcp",
            Header
                + "   0: 0100007F:4FB7 00000000:0000 0A 00000000:00000005 00:00000000 00000000  1000        0 123456 1 0000000000000000 100 0 0 10 0\n"
                + "  17: 0302010A:C351 0100007F:4FB7 01 0000000A:000000FF 01:00000014 00000000     0        0 42 2 0000000000000000 20 4 30 10 -1\n"
        );

        var rows = SocketTable.Read(_folder.Path, "tcp").ToList();

        Assert.That(
            rows,
            Is.EqualTo([
                new SocketRow(At("127.0.0.1", 20407), At("0.0.0.0", 0), SocketState.Listen, 0, 5, 123456),
                new SocketRow(At("10.1.2.3", 50001), At("127.0.0.1", 20407), SocketState.Established, 10, 255, 42)
                {
                    AwaitsAcknowledgement = true,
                },
            ])
        );
    }

    [TestCase("00000000000000000000000000000000", "::")]
    [TestCase("00000000000000000000000001000000", "::1")]
    [TestCase("B80D0120000000000000000001000000", "2001:db8::1")]
    [TestCase("0000000000000000FFFF00000100007F", "127.0.0.1", Description = "a mapped address is IPv4")]
    public void A_row_of_ipv6_tells_its_address(string kernel, string address)
    {
        RequireLittleEndian();
        _folder.Write(
            "tcp6",
            Header
                + $"   0: {kernel}:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 7 1 0 100 0 0 10 0\n"
        );

        var row = SocketTable.Read(_folder.Path, "tcp").Single();

        Assert.That(row.Local, Is.EqualTo(At(address, 8080)));
    }

    [Test]
    public void Tables_that_are_not_there_are_empty()
    {
        Assert.That(SocketTable.Read(_folder.Path, "udp"), Is.Empty);
    }

    [Test]
    public async Task The_kernel_s_own_table_can_be_read()
    {
        Machine.RequireLinux();
        await using var host = await Hosts.OpenAsync();
        using var listener = await HostTests.ListenAsync(host, new IPEndPoint(IPAddress.Loopback, 0));

        var rows = host.ReadSockets();

        Assert.That(
            rows.Select(row => (row.Local, row.State)),
            Does.Contain((listener.LocalEndPoint, SocketState.Listen))
        );
    }

    private static IPEndPoint At(string address, int port) => new(IPAddress.Parse(address), port);

    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
        {
            Assert.Ignore("The kernel prints addresses in the machine's byte order; these are of a little-endian one.");
        }
    }
}
