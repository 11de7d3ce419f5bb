using System.Net;
using System.Net.Sockets;
using Grader.Checks;
using Grader.Hosting;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Checks;

/// <summary>A wait that only the grader or the kernel could end is not held against a server.</summary>
internal sealed class WatchTests
{
    private static readonly Limits Limits = new() { Stall = TimeSpan.FromSeconds(0.3) };

    // Longer than the stall time, also of one who connects.
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2.5);

    [Test]
    public async Task A_server_that_owes_bytes_stalls()
    {
        var finding = await WatchAsync(hasReplied: false, (watch, port) => watch.WaitToReceive(port));

        Assert.That(finding, Is.EqualTo(Finding.Stalled));
    }

    [Test]
    public async Task A_reply_that_has_come_is_ours_to_read()
    {
        var finding = await WatchAsync(hasReplied: true, (watch, port) => watch.WaitToReceive(port));

        Assert.That(finding, Is.Null);
    }

    [Test]
    public async Task A_reply_before_the_end_of_a_connection_is_ours_to_read()
    {
        var finding = await WatchAsync(hasReplied: true, (watch, port) => watch.WaitToReceive(port), hasEnded: true);

        Assert.That(finding, Is.Null);
    }

    [Test]
    public async Task Room_to_send_is_ours_to_fill()
    {
        var finding = await WatchAsync(hasReplied: false, (watch, port) => watch.WaitToSend(port));

        Assert.That(finding, Is.Null);
    }

    [Test]
    public async Task A_connection_that_is_made_is_ours_to_use()
    {
        var finding = await WatchAsync(hasReplied: false, (watch, _) => watch.WaitToConnect());

        Assert.That(finding, Is.Null);
    }

    [Test]
    public async Task A_slow_network_is_not_the_servers_fault()
    {
        // Each packet of one and a half kilobytes is on its way for longer than the stall time.
        var asks = TinySuite.Check(
            "asks-slowly",
            async bench =>
            {
                await SlowDownAsync(bench.Server.Host, "16kbit");
                await bench.AskAsync(new Reflection(bench.Text(3000)));
            }
        );

        var report = await GradeAsync(asks);

        Assert.That(report.Checks[^1].Outcome, Is.EqualTo(Outcome.Passed), report.Checks[^1].Actual);
    }

    [Test]
    public async Task A_server_that_has_not_got_what_was_sent_does_not_rest()
    {
        byte[] heard = [];
        var listens = TinySuite.Check(
            "listens",
            async bench =>
            {
                await SlowDownAsync(bench.Server.Host, "64kbit");
                await bench.TalkAsync(async client =>
                {
                    await client.SendAsync(bench.Text(3000));
                    heard = await client.ListenAsync(4096);
                });
            }
        );

        await GradeAsync(listens);

        Assert.That(heard, Has.Length.EqualTo(3000));
    }

    private static async Task<Finding?> WatchAsync(
        bool hasReplied,
        Func<Watch, int, IDisposable> wait,
        bool hasEnded = false
    )
    {
        Machine.RequireLinux();
        await using var launch = await Launch.PrepareAsync(Repository.PythonReference);
        var server = await launch.StartAsync();
        using var client = await server.Host.CreateClientAsync(server.Endpoint.AddressFamily, receiveBuffer: null);
        await client.ConnectAsync(server.Endpoint, Deadline.Token());
        if (hasReplied)
        {
            await client.SendAsync("x"u8.ToArray(), Deadline.Token());
            await Deadline.UntilAsync(() => client.Available > 0, "the reply");
        }

        var local = (IPEndPoint)client.LocalEndPoint!;
        if (hasEnded)
        {
            client.Shutdown(SocketShutdown.Send);
            await Deadline.UntilAsync(
                () => server.Host.FindSide(local, server.Endpoint) is { State: SocketState.TimeWait },
                "the server's end of file"
            );
        }

        var clock = new FairClock(Limits.Submission, TimeProvider.System);
        await using var watch = new Watch(() => server, Limits, clock, TimeProvider.System, Deadline.Token());
        using var held = wait(watch, local.Port);
        await Deadline.UntilAsync(() => watch.Finding is not null || watch.Now.Fair >= Enough, "a finding, or none");
        return watch.Finding;
    }

    private static async Task<Report> GradeAsync(Check check)
    {
        Machine.RequireOwnNetworks();
        Machine.RequireProgram("tc");
        var graded = await TinySuite.GradeAsync(
            Repository.PythonReference,
            TinySuite.Of(TinySuite.Starts, check),
            new GradingOptions { Limits = Limits }
        );
        return graded.Report;
    }

    private static async Task SlowDownAsync(Host host, string rate)
    {
        await RunAsync(host, "ip", "link set lo mtu 1500");
        await RunAsync(host, "tc", $"qdisc add dev lo root tbf rate {rate} burst 1600 limit 100000");
    }

    private static async Task RunAsync(Host host, string program, string arguments)
    {
        using var process = await host.RunAsync(() => System.Diagnostics.Process.Start(program, arguments));
        await process.WaitForExitAsync(Deadline.Token());
        Assert.That(process.ExitCode, Is.Zero, $"{program} {arguments}");
    }
}
