using System.ComponentModel;
using System.Globalization;
using System.Net.Sockets;
using Grader.Hosting;
using Grader.Sandboxing;

namespace Grader.Launching;

/// <summary>A process of a submission just after its start, and what is held for as long as it runs.</summary>
internal sealed record Started(
    CommandTask Command,
    CancellationTokenSource Forceful,
    Output Output,
    Confinement Confinement
);

/// <summary>Starts a built submission's programs: each in a fresh copy of it, in its sandbox.</summary>
internal sealed class Starter(string source, Workspace workspace, Limits limits, Log log)
{
    private int _starts;

    /// <summary>Where what goes over the programs' networks is taken down; null where nowhere.</summary>
    public PacketFile? Packets { get; set; }

    /// <summary>A network for a program and whoever talks with it.</summary>
    /// <exception cref="EnvironmentException">Packets are to be taken down, and cannot be.</exception>
    public async Task<Host> OpenHostAsync()
    {
        var host = await Hosts.OpenAsync();
        try
        {
            if (Packets is not null)
            {
                await host.CaptureAsync(Packets);
            }

            return host;
        }
        catch (SocketException e)
        {
            await host.DisposeAsync();
            throw new EnvironmentException($"packets cannot be captured: {e.Message}");
        }
    }

    /// <param name="host">The network that it belongs to.</param>
    /// <param name="words">The program and its arguments.</param>
    /// <param name="hostName">Where its server is, by address or name: in its environment as HOST.</param>
    /// <param name="port">Likewise as PORT.</param>
    /// <param name="stdin">What it reads.</param>
    /// <param name="kept">How many bytes of its standard output are kept as they are.</param>
    /// <param name="isAlone">Whether no other program of this folder runs, so that it gets a fresh copy.</param>
    /// <exception cref="Checks.CheckFailedException">The program was to be in the submission, and is not.</exception>
    /// <exception cref="EnvironmentException">It is not installed, or cannot be started.</exception>
    public async Task<Started> StartAsync(
        Host host,
        IReadOnlyList<string> words,
        string hostName,
        int port,
        PipeSource stdin,
        int kept = 0,
        bool isAlone = true
    )
    {
        if (isAlone)
        {
            workspace.RenewRun();
        }

        var output = new Output(log, workspace.Relative, kept);
        log.Add($"start {++_starts}");
        var confinement = new Confinement(workspace, limits.Memory);
        try
        {
            var variables = new Dictionary<string, string>
            {
                ["HOST"] = hostName,
                ["PORT"] = port.ToString(CultureInfo.InvariantCulture),
                [Host.CookieVariable] = host.Cookie,
            };
            var command = Programs
                .Prepare(source, WithinMemory(words), Stint.Serve, workspace, variables, confinement.Group)
                .WithStandardInputPipe(stdin)
                .WithStandardOutputPipe(output.Stdout)
                .WithStandardErrorPipe(output.Stderr);
            return await StartAsync(host, command, output, confinement);
        }
        catch
        {
            confinement.End();
            throw;
        }
    }

    // Java's heap grows to a share of all the memory of the machine before it is collected, however little is in use; and
    // what it needs beside its heap is no small part. Who gives it options knows better.
    private IReadOnlyList<string> WithinMemory(IReadOnlyList<string> words)
    {
        if (words[0] != "java" || words.Any(word => word.StartsWith("-X", StringComparison.Ordinal)))
        {
            return words;
        }

        var most = Math.Max(limits.Memory / 2 >> 20, 2);
        return ["java", $"-Xms{Math.Max(most / 16, 1)}m", $"-Xmx{most}m", .. words.Skip(1)];
    }

    private static async Task<Started> StartAsync(Host host, Command command, Output output, Confinement confinement)
    {
        var forceful = new CancellationTokenSource();
        try
        {
            var task = await host.RunAsync(() => command.ExecuteAsync(forceful.Token));
            return new Started(task, forceful, output, confinement);
        }
        catch (Win32Exception e)
        {
            throw new EnvironmentException($"{command.TargetFilePath} cannot be started: {e.Message}");
        }
    }
}
