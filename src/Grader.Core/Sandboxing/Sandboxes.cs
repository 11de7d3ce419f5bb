using System.ComponentModel;
using System.Globalization;
using System.Text;
using Grader.Checks;
using Grader.Hosting;
using Grader.Launching;

namespace Grader.Sandboxing;

/// <summary>Whether student programs must run in a sandbox.</summary>
public enum SandboxRule
{
    /// <summary>In one if there is one, with what it can do here.</summary>
    Auto,

    Off,

    /// <summary>Nothing runs without one that can do everything.</summary>
    Required,
}

/// <summary>The sandbox that this machine allows.</summary>
/// <param name="Sandbox">Null where there is none.</param>
/// <param name="Why">Where there is not the best, the reason: "since bubblewrap is not installed (apt-get install bubblewrap)".</param>
/// <param name="Holes">What does not hold here, though it should.</param>
public sealed record SandboxChoice(Sandbox? Sandbox, string Why, IReadOnlyList<SandboxProperty> Holes)
{
    /// <summary>What is said of one that keeps all that it promises.</summary>
    public const string Whole = "bubblewrap";

    /// <summary>Whether it keeps all that it promises.</summary>
    public bool IsWhole => Sandbox is not null && Holes.Count == 0;

    /// <summary>For reports and consoles: "bubblewrap", and what does not hold; or "none", and why.</summary>
    public override string ToString() =>
        Sandbox is null ? $"none, {Why}; programs run with the rights of whoever grades"
        : IsWhole ? Sandbox.Name
        : $"{Sandbox.Name}{(Why.Length > 0 ? $", {Why}" : "")}, but {string.Join("; ", Holes.Select(property => property.Hole))}";
}

/// <summary>Finds out which sandbox this machine allows, by attacking it.</summary>
public static class Sandboxes
{
    private const string Program = "bwrap";
    private const string Source = "sandbox";

    private static readonly string[] Tools = ["prlimit", "setpriv"];

    private static readonly TimeSpan AttackLimit = TimeSpan.FromSeconds(20);

    private static readonly string[][] Installers =
    [
        ["apt-get", "apt-get install bubblewrap"],
        ["dnf", "dnf install bubblewrap"],
        ["pacman", "pacman -S bubblewrap"],
        ["zypper", "zypper install bubblewrap"],
        ["apk", "apk add bubblewrap util-linux"],
    ];

    private static readonly Lazy<Task<SandboxChoice>> Chosen = new(() => Task.Run(ChooseAsync));

    /// <exception cref="UsageException">The environment asks for a network that there is not.</exception>
    public static SandboxChoice Choice => Find(SandboxRule.Auto);

    /// <summary>What a course that asks for a sandbox, or for none, gets.</summary>
    public static SandboxChoice Find(SandboxRule rule) => FindAsync(rule).GetAwaiter().GetResult();

    /// <summary>Likewise, without to block a thread while it is found out.</summary>
    public static async Task<SandboxChoice> FindAsync(SandboxRule rule) =>
        rule == SandboxRule.Off ? new SandboxChoice(null, "since \"sandbox\" is \"off\"", []) : await Chosen.Value;

    /// <summary>Finds out whether a program that takes more memory than it may is ended.</summary>
    public static async Task<bool> HoldsMemoryAsync(Sandbox sandbox, CancellationToken cancellationToken)
    {
        var limits = new Limits { Memory = 32_000_000 };
        using var workspace = Workspace.Create(sandbox);
        workspace.HandOver();
        var recipe = new Recipe { Source = Source, Server = ["sh", "-c", SandboxAttack.Hoarder] };
        var clock = new FairClock(limits.Submission, TimeProvider.System);
        var launcher = new Launcher(recipe, workspace, limits, clock, new Log(limits.Output));
        try
        {
            await using var server = await launcher.StartAsync(host: null, port: null, cancellationToken);
            return false;
        }
        catch (CheckFailedException e)
        {
            return e.Failure is { Symptom: Symptom.EndedEarly, ExitCode: null };
        }
    }

    private static async Task<SandboxChoice> ChooseAsync()
    {
        if (!OperatingSystem.IsLinux() || Hosts.Mode == HostMode.Plain)
        {
            return None(OperatingSystem.IsLinux() ? Hosts.Choice.Reason : "since only Linux has one");
        }

        if (Tools.FirstOrDefault(tool => !Programs.IsOnPath(tool)) is { } missing)
        {
            return None($"since {missing} is not installed; it is part of util-linux");
        }

        var bwrap = Programs.FindOnPath(Program);
        var trouble = bwrap is null ? $"bubblewrap is not installed{Advise()}" : "";
        foreach (var sandbox in FindAll(bwrap))
        {
            var (lines, error) = await AttackAsync(sandbox);
            sandbox.Unreachable = Sift(lines);
            if (!lines.Contains(SandboxAttack.Done))
            {
                trouble = trouble.Length == 0 ? $"bubblewrap fails: {error}" : trouble;
            }
            else if (sandbox is Restraint && sandbox.Unreachable.Count > 0)
            {
                trouble += $", and {sandbox.Unreachable.First()} lies in a folder that only root may enter";
            }
            else
            {
                var holes = sandbox.HasOwnView ? lines : lines.Concat(SandboxAttack.NeedView);
                return new SandboxChoice(
                    sandbox,
                    sandbox is Bubble ? "" : $"since {trouble}",
                    [.. SandboxAttack.Properties.Where(property => holes.Contains(property.Name))]
                );
            }
        }

        return None($"since {trouble}");
    }

    // The best first.
    private static IEnumerable<Sandbox> FindAll(string? bwrap)
    {
        var isRoot = Native.MayBecomeOthers();
        BubbleKind[] kinds = isRoot ? [BubbleKind.Nobody, BubbleKind.Root] : [BubbleKind.User];
        foreach (var kind in bwrap is null ? [] : kinds)
        {
            yield return new Bubble(bwrap!, kind, ownsProc: true, Hosts.HasOwnNetworks);
            yield return new Bubble(bwrap!, kind, ownsProc: false, Hosts.HasOwnNetworks);
        }

        if (isRoot)
        {
            yield return new Restraint(dropsUser: true);
        }

        yield return new Restraint(dropsUser: false);
    }

    private static HashSet<string> Sift(IEnumerable<string> lines) =>
        [
            .. lines
                .Where(line => line.StartsWith(SandboxAttack.Unreachable, StringComparison.Ordinal))
                .Select(line => line[SandboxAttack.Unreachable.Length..]),
        ];

    private static SandboxChoice None(string why) => new(null, why, []);

    private static string Advise() =>
        Installers.FirstOrDefault(installer => Programs.IsOnPath(installer[0])) is [_, var command]
            ? $" ({command})"
            : "";

    private static async Task<(IReadOnlyList<string> Lines, string Error)> AttackAsync(Sandbox sandbox)
    {
        using var workspace = Workspace.Create(sandbox);
        try
        {
            workspace.HandOver();
            workspace.RenewRun();
        }
        catch (Win32Exception e)
        {
            // A container may have root's right to be another user, and not to give files away.
            return ([], e.Message);
        }

        await using var host = await Hosts.OpenAsync();
        using var output = new MemoryStream();
        using var errors = new MemoryStream();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isSeen = false;
        var command = Programs
            .Prepare(
                Source,
                [
                    "sh",
                    "-c",
                    SandboxAttack.Script,
                    "sh",
                    workspace.LockPath,
                    typeof(Sandboxes).Assembly.Location,
                    Sandbox.MostBytes.ToString(CultureInfo.InvariantCulture),
                    .. Toolchains.Installed,
                ],
                Stint.Serve,
                workspace,
                new Dictionary<string, string> { [Host.CookieVariable] = host.Cookie }
            )
            .WithStandardInputPipe(
                PipeSource.Create(
                    async (_, token) =>
                    {
                        await ready.Task.WaitAsync(token);
                        isSeen = IsSeen(sandbox, host);
                    }
                )
            )
            .WithStandardOutputPipe(
                PipeTarget.Create(
                    async (stream, token) =>
                    {
                        await stream.ReadExactlyAsync(new byte[SandboxAttack.Ready.Length], token);
                        ready.SetResult();
                        await stream.CopyToAsync(output, token);
                    }
                )
            )
            .WithStandardErrorPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(errors, token)));
        using var limit = new CancellationTokenSource(AttackLimit);
        try
        {
            var task = await host.RunAsync(() => command.ExecuteAsync(limit.Token));
            await task.Task;
        }
        catch (EndOfStreamException)
        {
            return ([], Lines(errors).FirstOrDefault() ?? "it does not start");
        }
        catch (OperationCanceledException)
        {
            return ([], $"it does not end within {Text.Duration(AttackLimit)}");
        }

        return isSeen
            ? (Lines(output), Lines(errors).FirstOrDefault() ?? "it says nothing")
            : ([], "the grader cannot see its processes");
    }

    // Without the right to trace them (ptrace(2)), nothing is known of another user's processes.
    private static bool IsSeen(Sandbox sandbox, Host host) =>
        (sandbox.HasOwnView ? new Inmates().Among(host.FindProcesses()) : host.FindProcesses()).Count > 0;

    private static string[] Lines(MemoryStream stream) =>
        Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
