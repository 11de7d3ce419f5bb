using System.Globalization;
using System.Runtime.InteropServices;

namespace Grader.Hosting;

/// <summary>Names the call that a sleeping server waits in: to describe it, and never to decide anything.</summary>
internal static class SystemCalls
{
    // The thread that serves sleeps in one of the first, those that it left to wait in one of the last.
    private static readonly string[] MostTelling = ["recv", "send", "accept", "select or poll"];

    // Linux numbers its calls anew for every architecture (asm/unistd_64.h, asm-generic/unistd.h).
    private static readonly Dictionary<int, string> Names = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => Name(
            recv: [0, 19, 45, 47, 299],
            send: [1, 20, 40, 44, 46],
            accept: [43, 288],
            poll: [7, 23, 232, 270, 271, 281, 441]
        ),
        Architecture.Arm64 => Name(
            recv: [63, 65, 207, 212, 243],
            send: [64, 66, 71, 206, 211],
            accept: [202, 242],
            poll: [22, 72, 73, 441]
        ),
        _ => [],
    };

    /// <returns>"recv", "send", "accept", "select or poll": those in which a thread sleeps now.</returns>
    public static IEnumerable<string> Find(IEnumerable<int> processes) =>
        processes.SelectMany(ProcessTable.FindThreads).Select(NameOf).OfType<string>();

    /// <returns>Of the calls that were seen the one that tells what the server waits for; null when none was.</returns>
    public static string? ChooseMostTelling(IReadOnlySet<string> seen) => MostTelling.FirstOrDefault(seen.Contains);

    // "45 0x4 0x7f... ": the call and its arguments; "running", or nothing where we may not look.
    private static string? NameOf(string thread)
    {
        var fields = ProcessTable.Try(() => File.ReadAllText($"{thread}/syscall"), "").Split(' ');
        return
            fields.Length > 1
            && int.TryParse(fields[0], CultureInfo.InvariantCulture, out var call)
            && Names.TryGetValue(call, out var name)
            && (name is not ("recv" or "send") || IsSocket(thread, fields[1]))
            ? name
            : null;
    }

    // A read may wait for a pipe or a terminal as well.
    private static bool IsSocket(string thread, string descriptor) =>
        int.TryParse(
            descriptor.AsSpan()["0x".Length..],
            NumberStyles.HexNumber,
            CultureInfo.InvariantCulture,
            out var number
        )
        && ProcessTable
            .Try(() => new FileInfo($"{thread}/fd/{number}").LinkTarget, null)
            ?.StartsWith("socket:", StringComparison.Ordinal) == true;

    private static Dictionary<int, string> Name(int[] recv, int[] send, int[] accept, int[] poll) =>
        MostTelling
            .Zip([recv, send, accept, poll])
            .SelectMany(pair => pair.Second.Select(call => (call, name: pair.First)))
            .ToDictionary(pair => pair.call, pair => pair.name);
}
