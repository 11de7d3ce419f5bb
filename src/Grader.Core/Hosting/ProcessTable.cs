using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Grader.Hosting;

/// <summary>What the kernel tells of the threads of a server's processes at one instant.</summary>
/// <param name="Processes">How many processes live.</param>
/// <param name="IsAsleep">Whether every thread sleeps, so that the server waits for something.</param>
/// <param name="Worked">Processor time used.</param>
/// <param name="Waited">Time spent runnable, waiting for a processor.</param>
/// <param name="Memory">Resident bytes that belong to no file.</param>
public sealed record ProcessSample(int Processes, bool IsAsleep, TimeSpan Worked, TimeSpan Waited, long Memory);

/// <summary>Reads processes from /proc; one that ends meanwhile counts as not there.</summary>
internal static class ProcessTable
{
    public static ProcessSample Sample(IReadOnlyList<int> processes)
    {
        var alive = 0;
        var asleep = true;
        var worked = 0L;
        var waited = 0L;
        var memory = 0L;
        foreach (var process in processes)
        {
            var threads = FindThreads(process);
            alive += threads.Length > 0 ? 1 : 0;
            foreach (var thread in threads)
            {
                asleep &= IsAsleep(Try(() => File.ReadAllText($"{thread}/stat"), ""));
                var times = ReadNumbers($"{thread}/schedstat");
                worked += times[0];
                waited += times[1];
            }

            memory += ReadMemory(process);
        }

        // A process on its way out has left its network before it is gone: nothing to see is not sleep.
        return new ProcessSample(alive, asleep && alive > 0, FromNanoseconds(worked), FromNanoseconds(waited), memory);
    }

    /// <summary>All that every system tells of a process: whether it is there, and the processor time that it used.</summary>
    public static ProcessSample SamplePlainly(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return new ProcessSample(1, IsAsleep: true, found.TotalProcessorTime, TimeSpan.Zero, Memory: 0);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended.
            return new ProcessSample(0, IsAsleep: false, TimeSpan.Zero, TimeSpan.Zero, Memory: 0);
        }
    }

    public static IReadOnlyList<long> ReadSocketInodes(int process) =>
        [
            .. Try(() => Directory.GetFiles($"/proc/{process}/fd"), [])
                .Select(path => Try(() => new FileInfo(path).LinkTarget, null))
                .OfType<string>()
                .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
                .Select(target => long.Parse(target[8..^1], CultureInfo.InvariantCulture)),
        ];

    public static string[] ReadEnvironment(int process) =>
        Encoding.UTF8.GetString(Try(() => File.ReadAllBytes($"/proc/{process}/environ"), [])).Split('\0');

    /// <summary>Whether a thread of it lives; the first one may have ended before the others.</summary>
    public static bool Exists(int process) =>
        FindThreads(process)
            .Any(thread => StateOf(Try(() => File.ReadAllText($"{thread}/stat"), "")) is not ('Z' or 'X' or '?'));

    public static string[] FindThreads(int process) => Try(() => Directory.GetDirectories($"/proc/{process}/task"), []);

    /// <summary>How many descriptors it holds.</summary>
    public static int CountDescriptors(int process) => Try(() => Directory.GetFiles($"/proc/{process}/fd"), []).Length;

    // A thread in uninterruptible sleep (D) waits for a disk, not for a client.
    private static bool IsAsleep(string stat) => StateOf(stat) is not ('R' or 'D');

    // pid (name) state ...; the name may hold blanks and parentheses of its own.
    private static char StateOf(string stat)
    {
        var end = stat.LastIndexOf(')');
        return end < 0 || stat.Length < end + 3 ? '?' : stat[end + 2];
    }

    // size resident shared ..., in pages
    private static long ReadMemory(int process)
    {
        var pages = ReadNumbers($"/proc/{process}/statm");
        return (pages[1] - pages[2]) * Environment.SystemPageSize;
    }

    // What ends while it is read gives an empty file.
    private static long[] ReadNumbers(string path)
    {
        var fields = Try(() => File.ReadAllText(path), "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length < 3
            ? [0, 0, 0]
            : [.. fields.Select(field => long.Parse(field, CultureInfo.InvariantCulture))];
    }

    private static TimeSpan FromNanoseconds(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / 100);

    private static T Try<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return otherwise;
        }
    }
}
