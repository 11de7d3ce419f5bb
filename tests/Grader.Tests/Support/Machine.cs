using Grader.Hosting;

namespace Grader.Tests.Support;

/// <summary>Ignores a test, with the reason, on a machine that lacks what the test is about.</summary>
internal static class Machine
{
    public static void RequirePython() => RequireProgram("python3");

    public static void RequireProgram(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            Assert.Ignore($"{program} is not installed on this machine.");
        }
    }

    public static void RequireLinux()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("Only Linux tells of processes and sockets in /proc.");
        }
    }

    public static void RequireRoot()
    {
        if (Environment.UserName != "root")
        {
            Assert.Ignore("Only root can be another user, and make devices.");
        }
    }

    public static void RequireOwnNetworks()
    {
        if (!Hosts.HasOwnNetworks)
        {
            Assert.Ignore("This machine forbids networks of one's own (CAP_SYS_ADMIN is missing).");
        }
    }
}
