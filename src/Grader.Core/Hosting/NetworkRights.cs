using Grader.Launching;

namespace Grader.Hosting;

/// <summary>Lets an ordinary user make networks, by moving the whole process into a user namespace.</summary>
public static class NetworkRights
{
    private const string Marker = "_GRADER_NAMESPACE";

    /// <summary>Whose right it is to make networks: "as root", or "in a user namespace".</summary>
    public static string Describe() =>
        Environment.GetEnvironmentVariable(Marker) is null
            ? "with the rights of root"
            : "in a user namespace (unshare -Ur)";

    /// <summary>Returns at once where rights are there or cannot be had; else the process starts over, with the same id.</summary>
    /// <exception cref="UsageException">The environment asks for a mode that there is not.</exception>
    public static void Acquire(string[] arguments)
    {
        if (
            Hosts.Mode != HostMode.SharedLoopback
            || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(Hosts.Variable))
            || Environment.GetEnvironmentVariable(Marker) is not null
        )
        {
            return;
        }

        // Tried with a harmless program first: from execvp there is no way back.
        if (!CanRun("unshare", ["-Ur", "--", "true"]))
        {
            return;
        }

        Native.Replace("unshare", ["-Ur", "--", "env", $"{Marker}=1", .. Self(), .. arguments]);
    }

    private static string[] Self()
    {
        var path = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? [path, Environment.GetCommandLineArgs()[0]]
            : [path];
    }

    private static bool CanRun(string program, string[] arguments)
    {
        try
        {
            return Cli.Wrap(program).WithArguments(arguments).ExecuteAsync().Task.GetAwaiter().GetResult().IsSuccess;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
