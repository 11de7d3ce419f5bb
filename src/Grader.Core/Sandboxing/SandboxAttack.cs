namespace Grader.Sandboxing;

/// <summary>One thing that a sandbox promises.</summary>
/// <param name="Name">In a word: "files".</param>
/// <param name="Promise">What holds where it works.</param>
/// <param name="Hole">What programs can do where it does not.</param>
public sealed record SandboxProperty(string Name, string Promise, string Hole);

/// <summary>Attacks the sandbox that it runs in, to find out what holds on this machine.</summary>
public static class SandboxAttack
{
    /// <summary>All that a sandbox promises.</summary>
    public static readonly IReadOnlyList<SandboxProperty> Properties =
    [
        new(
            "files",
            "what languages need is seen, and no home, report or other submission",
            "programs see files that are none of theirs"
        ),
        new(
            "writes",
            "its own folder, /tmp and /dev/shm can be written to, and nothing else",
            "programs write outside their folder"
        ),
        new(
            "user",
            "nobody in particular, without any right, and no program gives one",
            "programs have a right that they need not have"
        ),
        new("namespaces", "none can be made", "programs make namespaces of their own"),
        new("processes", "its own are seen, and no others", "programs see other processes"),
        new("network", "a loopback of its own, and nothing else", "programs reach other networks than their own"),
        new("scratch", "bounded in bytes and files", "programs may fill the disk"),
        new(
            "bounds",
            "processes, descriptors, size of files and processor time are limited; no cores are dumped",
            "programs may use up what others need"
        ),
    ];

    /// <summary>What only the grader itself can find out, by ending a program; see <see cref="Sandboxes.HoldsMemoryAsync"/>.</summary>
    public static readonly SandboxProperty Memory = new(
        "memory",
        "what all processes of a program hold together is limited",
        "programs may take all of the memory"
    );

    /// <summary>For sh: takes more and more memory, and would keep it.</summary>
    internal const string Hoarder = "while :; do hoard=$hoard$(printf '%1000000s' ''); done";

    /// <summary>What does not hold where programs have no view of their own, whatever an attack finds.</summary>
    internal static readonly IReadOnlyList<string> NeedView = ["files", "writes", "processes", "scratch"];

    /// <summary>The first line that it prints, before it waits for the end of its input.</summary>
    internal const string Ready = "ready";

    /// <summary>The last line that it prints.</summary>
    internal const string Done = "done";

    /// <summary>What stands before the name of a program that cannot be run.</summary>
    internal const string Unreachable = "unreachable ";

    /// <summary>
    /// For sh: a file of the workspace, one of the grader, the most bytes of a folder, and programs of languages; prints each
    /// hole's name.
    /// </summary>
    internal const string Script = """
        lock=$1 grader=$2 bytes=$3
        shift 3
        [ -w "$HOME" ] && cd "$(pwd -P)" || exit
        echo ready
        read -r line
        for program; do
            if ! command -v "$program" > /dev/null; then echo "unreachable $program"; fi
        done
        if [ -e "$lock" ] || [ -e "$grader" ]; then echo files; fi
        if [ -w "$lock" ] || [ -w "$grader" ]; then echo writes; echo user; fi
        for folder in / /usr /etc /dev /built /proc/sys/kernel; do
            if (: > "$folder/.attack") 2> /dev/null; then
                echo writes
                rm "$folder/.attack"
            fi
        done
        while read -r name value rest; do
            case $name in
                Uid: | Gid:) if [ "$value" = 0 ]; then echo user; fi ;;
                CapEff: | CapPrm: | CapInh: | CapAmb: | CapBnd:) if [ "$value" != 0000000000000000 ]; then echo user; fi ;;
                NoNewPrivs:) if [ "$value" != 1 ]; then echo user; fi ;;
            esac
        done < /proc/self/status
        if unshare -U true 2> /dev/null; then echo namespaces; fi
        set -- /proc/[0-9]*
        if [ $# -gt 4 ]; then echo processes; fi
        while read -r interface rest; do
            case $interface in
                lo:*) ;;
                *:*) echo network ;;
            esac
        done < /proc/net/dev
        for folder in /home /tmp /dev/shm; do
            size=$(stat -f -c '%b * %S' "$folder")
            if [ $(($size)) -gt "$bytes" ]; then echo scratch; fi
        done
        while read -r line; do
            case $line in
                'Max processes'*unlimited* | 'Max file size'*unlimited*) echo bounds ;;
                'Max cpu time'*unlimited* | 'Max core file size'*unlimited*) echo bounds ;;
            esac
        done < /proc/self/limits
        echo done
        """;
}
