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

/// <summary>Keeps a submission's programs from the machine, from each other and from the record, as far as it can.</summary>
public abstract class Sandbox
{
    /// <summary>Where programs with a view of their own find what was handed in.</summary>
    internal const string Folder = "/home/submission";

    /// <summary>What they take for their home.</summary>
    internal const string Home = "/tmp";

    /// <summary>Bytes that a program may keep in its folder, what was handed in and built included.</summary>
    internal const long MostBytes = 768L << 20;

    /// <summary>Likewise in its home, and in memory that it shares (/dev/shm).</summary>
    internal const long MostBytesAtHome = 256L << 20;
    internal const long MostSharedBytes = 64L << 20;

    /// <summary>Files that a program may make.</summary>
    internal const int MostFiles = 50_000;

    /// <summary>Threads that all processes of a program may have: pools, compilers and collectors grow with the machine.</summary>
    internal static readonly int MostThreads = 1024 + (128 * Environment.ProcessorCount);

    // What systemd gives to services whose user is made for them (systemd.exec(5), DynamicUser).
    private const int FirstUser = 61184;
    private const int LastUser = 65519;

    private const int MostDescriptors = 4096;
    private static readonly TimeSpan MostProcessorTime = TimeSpan.FromMinutes(10);

    // Of processes and threads, which the kernel counts alike: so few more that who wants ever more is seen to have too many.
    private static readonly int MostTasks = MostThreads + 256;

    // Where another grader of this machine hardly began.
    private static uint _lastUser = (uint)Random.Shared.Next();

    /// <summary>For reports and consoles.</summary>
    public abstract string Name { get; }

    /// <summary>Programs of languages that lie where nobody in the sandbox can look; found out before it is used.</summary>
    internal IReadOnlySet<string> Unreachable { get; set; } = new HashSet<string>();

    /// <summary>Whether programs see files and processes of their own, and not the machine's.</summary>
    internal abstract bool HasOwnView { get; }

    /// <summary>The user that the programs of one submission run as; null for the one that the grader runs as.</summary>
    internal abstract int? ChooseUser();

    /// <summary>The command that runs another one in the sandbox.</summary>
    internal abstract IReadOnlyList<string> Wrap(Workspace workspace, Stint stint, IReadOnlyList<string> command);

    /// <summary>Another one for each submission: who has the same user may end each other, and read each other's folders.</summary>
    protected static int ChooseAnother() =>
        FirstUser + (int)(Interlocked.Increment(ref _lastUser) % (LastUser + 1 - FirstUser));

    /// <summary>Becomes a user without any right, and without a way to one.</summary>
    protected static string[] Become(int user) =>
        [
            "setpriv",
            $"--reuid={user}",
            $"--regid={user}",
            "--clear-groups",
            "--no-new-privs",
            "--inh-caps=-all",
            "--bounding-set=-all",
            "--",
        ];

    /// <param name="ownUser">Whether all processes of the user are the program's, so that they can be counted.</param>
    protected static string[] Bound(bool ownUser) =>
        [
            "prlimit",
            .. ownUser ? new[] { $"--nproc={MostTasks}" } : [],
            $"--fsize={MostBytes}",
            $"--nofile={MostDescriptors}",
            "--core=0",
            string.Create(CultureInfo.InvariantCulture, $"--cpu={MostProcessorTime.TotalSeconds:0}"),
            "--",
        ];
}
