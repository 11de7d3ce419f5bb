using System.ComponentModel;

namespace Grader.Hosting;

/// <summary>Opens a network for each server, as separate as this machine allows.</summary>
public static class Hosts
{
    private static readonly Lazy<Task<bool>> OwnNetworksWork = new(TryOwnNetworkAsync);

    /// <summary>Whether every server gets a network of its own.</summary>
    public static bool HasOwnNetworks => OwnNetworksWork.Value.GetAwaiter().GetResult();

    public static async Task<Host> OpenAsync(CancellationToken cancellationToken) =>
        await OwnNetworksWork.Value
            ? await OwnNetwork.CreateAsync()
            : await SharedLoopback.CreateAsync(cancellationToken);

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
