using System.ComponentModel;

namespace Grader.Hosting;

/// <summary>How far this machine lets a server be kept apart and looked at.</summary>
public enum HostMode
{
    /// <summary>Each server has a network of its own (Linux, with the right to make one).</summary>
    OwnNetwork,

    /// <summary>Servers take turns on the machine's loopback; the kernel shows what they do (Linux).</summary>
    SharedLoopback,

    /// <summary>Likewise, with nothing to see but exits, sockets and processor time (macOS, Windows).</summary>
    Plain,
}

/// <summary>A mode, and why it is this one: "since the kernel refuses a network: ...".</summary>
public sealed record HostChoice(HostMode Mode, string Reason);

/// <summary>Opens a network for each server, as separate as this machine allows.</summary>
public static class Hosts
{
    /// <summary>The environment variable that forces a mode with less to see.</summary>
    public const string Variable = "GRADER_HOST";

    private const string PlainName = "plain";
    private const string SharedName = "shared";

    private static readonly Lazy<Task<HostChoice>> Chosen = new(ChooseAsync);

    /// <exception cref="UsageException">The environment asks for a mode that there is not.</exception>
    public static HostChoice Choice => Chosen.Value.GetAwaiter().GetResult();

    /// <exception cref="UsageException">The environment asks for a mode that there is not.</exception>
    public static HostMode Mode => Choice.Mode;

    /// <summary>Whether every server gets a network of its own.</summary>
    public static bool HasOwnNetworks => Mode == HostMode.OwnNetwork;

    /// <summary>Waits until a submission may start servers: where all share one loopback, they take turns.</summary>
    /// <returns>The turn, which ends when it is disposed.</returns>
    public static async Task<IDisposable?> TakeTurnAsync(CancellationToken cancellationToken) =>
        (await Chosen.Value).Mode == HostMode.OwnNetwork ? null : await SharedLoopback.TakeTurnAsync(cancellationToken);

    public static async Task<Host> OpenAsync()
    {
        var mode = (await Chosen.Value).Mode;
        if (mode == HostMode.Plain)
        {
            return new PlainLoopback();
        }

        LastWill.Make();
        return mode == HostMode.OwnNetwork ? await OwnNetwork.CreateAsync() : new SharedLoopback();
    }

    private static async Task<HostChoice> ChooseAsync()
    {
        var asked = Environment.GetEnvironmentVariable(Variable);
        return asked switch
        {
            PlainName => new HostChoice(HostMode.Plain, $"since {Variable} is \"{asked}\""),
            null or "" or SharedName when !OperatingSystem.IsLinux() => new HostChoice(
                HostMode.Plain,
                "since only Linux shows what a process does in /proc"
            ),
            SharedName => new HostChoice(HostMode.SharedLoopback, $"since {Variable} is \"{asked}\""),
            null or "" => await TryOwnNetworkAsync(),
            _ => throw new UsageException(
                $"environment: {Variable} is \"{asked}\"",
                $"it must be \"{PlainName}\" or \"{SharedName}\", or not be set"
            ),
        };
    }

    private static async Task<HostChoice> TryOwnNetworkAsync()
    {
        try
        {
            await using var network = await OwnNetwork.CreateAsync();
            return new HostChoice(HostMode.OwnNetwork, NetworkRights.Describe());
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return new HostChoice(HostMode.SharedLoopback, $"since the kernel refuses a network: {e.Message}");
        }
    }
}
