using System.Globalization;
using Grader.Launching;

namespace Grader.Sandboxing;

/// <summary>Who makes the namespaces of a <see cref="Bubble"/>.</summary>
internal enum BubbleKind
{
    /// <summary>The grader's user, in a user namespace.</summary>
    User,

    /// <summary>Nobody, in a user namespace, in a view that root has made.</summary>
    Nobody,

    /// <summary>Root, where there are no user namespaces.</summary>
    Root,
}

/// <summary>
/// A view of the files that the languages need, an unprivileged user, own processes, and bounds on what can be used up
/// (bwrap(1), setpriv(1), prlimit(1)).
/// </summary>
internal sealed class Bubble : Sandbox
{
    /// <summary>What a program that serves may write in.</summary>
    internal static readonly IReadOnlyList<string> ScratchFolders = ["/home", Home, Shared];

    private const string Shared = "/dev/shm";
    private const string HandedIn = "/built";
    private const string User = "submission";

    // The user "nobody": it owns nothing.
    private const int Nobody = 65534;
    private const int InnerUser = 1000;

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
    private readonly BubbleKind _kind;
    private readonly bool _ownsProc;
    private readonly bool _ownsNetwork;

    /// <param name="bwrap">The program.</param>
    /// <param name="kind">Who makes it.</param>
    /// <param name="ownsProc">Whether it may show its own processes in /proc, rather than the machine's.</param>
    /// <param name="ownsNetwork">Whether servers start in a network of their own without the sandbox's doing.</param>
    public Bubble(string bwrap, BubbleKind kind, bool ownsProc, bool ownsNetwork)
    {
        _bwrap = bwrap;
        _kind = kind;
        _ownsProc = ownsProc;
        _ownsNetwork = ownsNetwork;
    }

    public override string Name => SandboxChoice.Whole;

    internal override bool HasOwnView => true;

    // In user namespaces of their own even two that are nobody are kept apart.
    internal override int? ChooseUser() =>
        _kind switch
        {
            BubbleKind.User => null,
            BubbleKind.Nobody => Nobody,
            _ => ChooseAnother(),
        };

    internal override IReadOnlyList<string> Wrap(Workspace workspace, Stint stint, IReadOnlyList<string> command)
    {
        List<string> shown = [.. Toolchains.Folders, .. workspace.Packages.Folders, .. Toolchains.Find(command[0])];
        // What is shown may lie below what is scratch.
        string[] view = [.. System(), .. Etc(workspace), .. Scratch(workspace, stint), .. Show(shown)];
        string[] path = ["--setenv", "PATH", Toolchains.SearchPath(shown)];
        string[] inner = [.. Bound(ownUser: true), .. stint == Stint.Build ? [] : CopyFirst, .. command];
        string[] readOnly = ["--remount-ro", "/"];
        return _kind switch
        {
            BubbleKind.User =>
            [
                _bwrap,
                .. view,
                .. UserNamespace(),
                .. Isolate(stint),
                "--cap-drop",
                "ALL",
                .. readOnly,
                .. path,
                "--",
                .. inner,
            ],
            BubbleKind.Root =>
            [
                _bwrap,
                .. KeepRights,
                .. view,
                .. Isolate(stint),
                .. readOnly,
                .. path,
                "--",
                .. Become(workspace.User!.Value),
                .. inner,
            ],
            // Root alone can look into toolchains below its home; whoever is nobody by then makes the rest.
            _ =>
            [
                _bwrap,
                .. KeepRights,
                .. view,
                // Where parts of /proc are covered, the kernel refuses another one.
                "--bind",
                "/proc",
                "/proc",
                "--dev",
                "/dev",
                .. readOnly,
                "--",
                .. Become(Nobody),
                _bwrap,
                "--bind",
                "/",
                "/",
                .. UserNamespace(),
                .. Isolate(stint),
                "--cap-drop",
                "ALL",
                .. path,
                "--",
                .. inner,
            ],
        };
    }

    // Whoever becomes nobody in it must have been able to.
    private static string[] KeepRights => ["--cap-add", "ALL"];

    private static string[] CopyFirst =>
        ["sh", "-c", $"cp -a {HandedIn} {Folder} && cd {Folder} && unset OLDPWD && exec \"$@\"", "sh"];

    private static string[] UserNamespace() =>
        ["--unshare-user", "--disable-userns", "--uid", Invariant(InnerUser), "--gid", Invariant(InnerUser)];

    private string[] Isolate(Stint stint)
    {
        string[] always =
        [
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--hostname",
            User,
            "--unshare-cgroup-try",
            "--new-session",
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

    private IEnumerable<string> Etc(Workspace workspace) =>
        [
            .. Ancestors("/etc/x"),
            .. SharedSettings.Value,
            .. Identity
                .Files(User, _kind == BubbleKind.Root ? workspace.User!.Value : InnerUser, Home)
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
