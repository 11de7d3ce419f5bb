using System.ComponentModel;

namespace Grader.Hosting;

/// <summary>Opens a network for each server, as separate as this machine allows.</summary>
public static class Hosts
{
    private static readonly Lazy<Task<bool>> OwnNetworksWork = new(TryOwnNetworkAsync);

    /// <summary>Whether every server gets a network of its own.</summary>
    public static bool HasOwnNetworks => OwnNetworksWork.Value.GetAwaiter().GetResult();

    /// <summary>Waits until a submission may start servers: where all share one loopback, they take turns.</summary>
    /// <returns>The turn, which ends when it is disposed.</returns>
    public static async Task<IDisposable?> TakeTurnAsync(CancellationToken cancellationToken) =>
        await OwnNetworksWork.Value ? null : await SharedLoopback.TakeTurnAsync(cancellationToken);

    public static async Task<Host> OpenAsync() =>
        await OwnNetworksWork.Value ? await OwnNetwork.CreateAsync() : new SharedLoopback();

    private static async Task<bool> TryOwnNetworkAsync()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

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
