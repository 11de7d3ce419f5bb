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

/// <summary>Opens a network for each server, as separate as this machine allows.</summary>
public static class Hosts
{
    /// <summary>The environment variable that forces plain mode.</summary>
    public const string Variable = "GRADER_HOST";

    private const string PlainName = "plain";

    private static readonly Lazy<Task<HostMode>> Chosen = new(ChooseAsync);

    /// <exception cref="UsageException">The environment asks for a mode that there is not.</exception>
    public static HostMode Mode => Chosen.Value.GetAwaiter().GetResult();

    /// <summary>Whether every server gets a network of its own.</summary>
    public static bool HasOwnNetworks => Mode == HostMode.OwnNetwork;

    /// <summary>Waits until a submission may start servers: where all share one loopback, they take turns.</summary>
    /// <returns>The turn, which ends when it is disposed.</returns>
    public static async Task<IDisposable?> TakeTurnAsync(CancellationToken cancellationToken) =>
        await Chosen.Value == HostMode.OwnNetwork ? null : await SharedLoopback.TakeTurnAsync(cancellationToken);

    public static async Task<Host> OpenAsync() =>
        await Chosen.Value switch
        {
            HostMode.OwnNetwork => await OwnNetwork.CreateAsync(),
            HostMode.SharedLoopback => new SharedLoopback(),
            _ => new PlainLoopback(),
        };

    private static async Task<HostMode> ChooseAsync()
    {
        var asked = Environment.GetEnvironmentVariable(Variable);
        if (!string.IsNullOrEmpty(asked) && asked != PlainName)
        {
            throw new UsageException(
                $"environment: {Variable} is \"{asked}\"",
                $"it must be \"{PlainName}\", or not be set"
            );
        }

        return asked == PlainName || !OperatingSystem.IsLinux() ? HostMode.Plain
            : await TryOwnNetworkAsync() ? HostMode.OwnNetwork
            : HostMode.SharedLoopback;
    }

    private static async Task<bool> TryOwnNetworkAsync()
    {
        try
        {
            await using var network = await OwnNetwork.CreateAsync();
            return true;
        }
        catch (Exception e) when (e is Win32Exception or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
