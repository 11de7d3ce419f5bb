using System.ComponentModel;
using Grader.Launching;

namespace Grader.Hosting;

/// <summary>Ends what still runs for the grader when that has ended or was killed: a shell that waits for it.</summary>
internal static class LastWill
{
    // Whoever is killed with SIGKILL can end nobody, and a server in a session of its own does not even notice. Looks
    // again until nothing is left, since what forks is faster than one look.
    private const string Script = """
        while read -r line; do :; done
        tries=100
        while [ $tries -gt 0 ]; do
            left=$(grep -alsz "^$0=$1" /proc/[0-9]*/environ)
            [ -n "$left" ] || exit
            for path in $left; do
                id=${path#/proc/}
                kill -9 "${id%/environ}"
            done 2> /dev/null
            tries=$((tries - 1))
            sleep 0.1
        done
        """;

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private static readonly Lazy<bool> Written = new(Write);

    /// <summary>What the cookies of this grader's servers begin with.</summary>
    public static string Mark { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Sees to it that what is started from now on does not outlive the grader.</summary>
    public static void Make() => _ = Written.Value;

    private static bool Write()
    {
        var end = new TaskCompletionSource();
        try
        {
            var shell = Cli.Wrap("setsid")
                .WithArguments(["sh", "-c", Script, Host.CookieVariable, Mark])
                .WithWorkingDirectory("/")
                // The end of its input is the grader's, however that ends.
                .WithStandardInputPipe(PipeSource.Create((_, _) => end.Task))
                .ExecuteAsync();
            AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            {
                end.SetResult();
                shell.Task.Wait(EndLimit);
            };
            return true;
        }
        catch (Win32Exception)
        {
            // Without these programs, what a killed grader leaves goes on.
            return false;
        }
    }
}
