using Grader.Checks;

namespace Grader.Assignments.Shared;

/// <summary>Whether a client takes every address that a name stands for.</summary>
internal static class LocalhostCheck
{
    public static readonly Check Value = new()
    {
        Id = "ipv6-localhost",
        Name = "finds a server that listens on IPv6 alone",
        Points = 2,
        Extra = true,
        OnTheWire = "The server listens on ::1 alone; skipped where the client names no \"localhost\".",
        Teaches =
            "A name stands for several addresses: a client tries one after the other until one connects (RFC 6724).",
        Hint = "Ask for all addresses of the name, of IPv4 and IPv6, and try each.",
        Run = async bench =>
        {
            var setting = new ServerSetting { OnlyIPv6 = true };
            var run = await bench.Clients.RunAsync(bench.NextErrand(), setting: setting);
            if (!run.HasConnected && !bench.Clients.LocalhostHasIPv6)
            {
                throw new CheckSkippedException("since localhost has no address of IPv6 on this machine");
            }

            // Who takes a host, and makes nothing of its name, wants an address.
            if (!run.HasConnected && (!bench.Clients.NamesLocalhost || run.Attempts.Count == 0))
            {
                throw new CheckSkippedException("since the client names an address, and no localhost");
            }

            run.ExpectTold();
        },
    };
}
