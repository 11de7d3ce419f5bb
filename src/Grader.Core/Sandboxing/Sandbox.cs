using System.Globalization;
using Grader.Launching;

namespace Grader.Sandboxing;

/// <summary>What a program in a sandbox does there.</summary>
internal enum Stint
{
    /// <summary>It makes something of what was handed in, and that is kept.</summary>
    Build,

    /// <summary>It serves, in a copy of what was built that is gone with it.</summary>
    Serve,
}

/// <summary>
/// Keeps a submission's programs from the machine, from each other and from the record: a view of the files that the
/// languages need, an unprivileged user, own processes, and bounds on what can be used up (bwrap(1), prlimit(1)).
/// </summary>
public sealed class Sandbox
{
    /// <summary>Where programs find what was handed in.</summary>
    internal const string Folder = "/home/submission";

    /// <summary>What programs take for their home.</summary>
    internal const string Home = "/tmp";

    /// <summary>Bytes that a program may keep in its folder, what was handed in and built included.</summary>
    internal const long MostBytes = 768L << 20;

    /// <summary>Likewise in its home, and in memory that it shares (/dev/shm).</summary>
    internal const long MostBytesAtHome = 256L << 20;

    private const long MostSharedBytes = 64L << 20;

    /// <summary>Files that a program may make.</summary>
    internal const int MostFiles = 50_000;

    /// <summary>What a program that serves may write in.</summary>
    internal static readonly IReadOnlyList<string> ScratchFolders = ["/home", Home, Shared];

    private const string Shared = "/dev/shm";
    private const string HandedIn = "/built";
    private const string Name = "submission";

    // The user "nobody": it owns nothing.
    private const int Nobody = 65534;
    private const int InnerUser = 1000;

    private const int MostDescriptors = 4096;
    private static readonly TimeSpan MostProcessorTime = TimeSpan.FromMinutes(10);

    // Thread pools, compilers and collectors grow with the machine.
    private static readonly int MostProcesses = 1024 + (128 * Environment.ProcessorCount);

    private static readonly string[] SystemFolders = ["bin", "sbin", "lib", "lib32", "lib64", "libx32"];

    // What libraries and languages read of the machine's settings; nothing that says whose machine it is.
    private static readonly string[] Settings =
    [
        "alternatives",
        "ca-certificates",
        "dotnet",
        "fonts",
        "ld.so.cache",
        "ld.so.conf",
        "ld.so.conf.d",
        "localtime",
        "maven",
        "mime.types",
        "perl",
        "php",
        "pki",
        "protocols",
        "services",
        "ssl/certs",
        "ssl/openssl.cnf",
        "timezone",
    ];

    private static readonly Lazy<IReadOnlyList<string>> SharedSettings = new(() =>
        [
            .. Show(
                Settings
                    .Select(name => $"/etc/{name}")
                    .Concat(Directory.GetDirectories("/etc", "java-*"))
                    .Where(Path.Exists)
            ),
        ]
    );

    private readonly string _bwrap;
    private readonly bool _ownsProc;
    private readonly bool _dropsUser;
    private readonly bool _ownsNetwork;

    /// <param name="bwrap">The program.</param>
    /// <param name="ownsProc">Whether it may show its own processes in /proc, rather than the machine's.</param>
    /// <param name="dropsUser">Whether the grader is root, so that another user must be had for the programs.</param>
    /// <param name="ownsNetwork">Whether servers start in a network of their own without the sandbox's doing.</param>
    internal Sandbox(string bwrap, bool ownsProc, bool dropsUser, bool ownsNetwork)
    {
        _bwrap = bwrap;
        _ownsProc = ownsProc;
        _dropsUser = dropsUser;
        _ownsNetwork = ownsNetwork;
    }

    /// <summary>A group for the memory of a program; null where there are no groups.</summary>
    /// <param name="memory">Bytes that it may hold, besides its files.</param>
    internal MemoryGroup? TryGroup(long memory) =>
        _dropsUser ? MemoryGroup.TryCreate(memory + MostBytes + MostBytesAtHome + MostSharedBytes) : null;

    /// <summary>Gives what lies in a workspace to the user that programs run as.</summary>
    internal void HandOver(Workspace workspace)
    {
        if (!_dropsUser)
        {
            return;
        }

        foreach (var path in workspace.FindAll())
        {
            Hosting.Native.ChangeOwner(path, Nobody);
        }
    }

    /// <summary>The command that runs another one in the sandbox.</summary>
    internal IReadOnlyList<string> Wrap(Workspace workspace, Stint stint, IReadOnlyList<string> command)
    {
        List<string> shown = [.. Toolchains.Folders, .. workspace.Packages.Folders, .. Toolchains.Find(command[0])];
        // What is shown may lie below what is scratch.
        string[] view = [.. System(), .. Etc(workspace), .. Scratch(workspace, stint), .. Show(shown)];
        string[] isolation = [.. Isolate(stint)];
        string[] inner = [.. Bound(), .. stint == Stint.Build ? [] : CopyFirst, .. command];
        var path = new[] { "--setenv", "PATH", Toolchains.SearchPath(shown) };
        // Root alone can look into toolchains below its home; whoever is nobody by then makes the rest.
        return _dropsUser
            ?
            [
                _bwrap,
                "--cap-add",
                "ALL",
                .. view,
                // Where parts of /proc are covered, the kernel refuses another one.
                "--bind",
                "/proc",
                "/proc",
                "--dev",
                "/dev",
                "--remount-ro",
                "/",
                "--",
                .. BecomeNobody,
                _bwrap,
                "--bind",
                "/",
                "/",
                .. isolation,
                .. path,
                "--",
                .. inner,
            ]
            : [_bwrap, .. view, .. isolation, "--remount-ro", "/", .. path, "--", .. inner];
    }

    private static string[] BecomeNobody =>
        [
            "setpriv",
            $"--reuid={Nobody}",
            $"--regid={Nobody}",
            "--clear-groups",
            "--no-new-privs",
            "--inh-caps=-all",
            "--bounding-set=-all",
            "--",
        ];

    private static string[] CopyFirst =>
        ["sh", "-c", $"cp -a {HandedIn} {Folder} && cd {Folder} && unset OLDPWD && exec \"$@\"", "sh"];

    private static string[] Bound() =>
        [
            "prlimit",
            $"--nproc={MostProcesses}",
            $"--fsize={MostBytes}",
            $"--nofile={MostDescriptors}",
            "--core=0",
            string.Create(CultureInfo.InvariantCulture, $"--cpu={MostProcessorTime.TotalSeconds:0}"),
            "--",
        ];

    private string[] Isolate(Stint stint)
    {
        string[] always =
        [
            "--unshare-user",
            "--disable-userns",
            "--uid",
            Invariant(InnerUser),
            "--gid",
            Invariant(InnerUser),
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--hostname",
            Name,
            "--unshare-cgroup-try",
            "--new-session",
            "--cap-drop",
            "ALL",
            .. _ownsProc ? new[] { "--proc", "/proc" } : ["--ro-bind", "/proc", "/proc"],
            "--dev",
            "/dev",
            .. Tmpfs(Shared, MostSharedBytes),
            "--remount-ro",
            "/dev",
            "--chdir",
            stint == Stint.Build ? Folder : "/home",
        ];
        // A build of a machine without networks of their own would reach everything.
        return stint == Stint.Build && !_ownsNetwork ? [.. always, "--unshare-net"] : always;
    }

    private static IEnumerable<string> System() =>
        ["--ro-bind", "/usr", "/usr", .. SystemFolders.SelectMany(ShowSystemFolder)];

    private static IEnumerable<string> Show(IEnumerable<string> folders) =>
        folders
            .Distinct()
            .Order(StringComparer.Ordinal)
            .SelectMany(folder => (string[])[.. Ancestors(folder), "--ro-bind", folder, folder]);

    // In most systems of today a link to the folder of that name in /usr.
    private static string[] ShowSystemFolder(string name)
    {
        var folder = new DirectoryInfo($"/{name}");
        return !folder.Exists ? []
            : folder.LinkTarget is { } target ? ["--symlink", target, $"/{name}"]
            : ["--ro-bind", $"/{name}", $"/{name}"];
    }

    // They would be made for their owner alone.
    private static IEnumerable<string> Ancestors(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var length = 1; length < parts.Length; length++)
        {
            yield return "--perms";
            yield return "0755";
            yield return "--dir";
            yield return $"/{string.Join('/', parts[..length])}";
        }
    }

    private static IEnumerable<string> Etc(Workspace workspace) =>
        [
            .. Ancestors("/etc/x"),
            .. SharedSettings.Value,
            .. Identity
                .Files(Name, InnerUser, Home)
                .SelectMany(file =>
                    (string[])["--ro-bind", workspace.Offer(file.Name, file.Content), $"/etc/{file.Name}"]
                ),
        ];

    private static IEnumerable<string> Scratch(Workspace workspace, Stint stint) =>
        stint == Stint.Build
            ?
            [
                .. Ancestors(Folder),
                "--bind",
                workspace.Built,
                Folder,
                "--bind",
                workspace.Home,
                Home,
                .. Ancestors("/var/tmp"),
                "--symlink",
                Home,
                "/var/tmp",
            ]
            :
            [
                "--ro-bind",
                workspace.Built,
                HandedIn,
                .. Tmpfs("/home", MostBytes),
                .. Tmpfs(Home, MostBytesAtHome),
                .. Ancestors("/var/tmp"),
                "--symlink",
                Home,
                "/var/tmp",
            ];

    private static string[] Tmpfs(string folder, long bytes) =>
        ["--perms", "1777", "--size", Invariant(bytes), "--tmpfs", folder];

    private static string Invariant(long number) => number.ToString(CultureInfo.InvariantCulture);
}
