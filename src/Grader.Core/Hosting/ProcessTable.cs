using System.Buffers.Text;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO.Enumeration;
using System.Text;

namespace Grader.Hosting;

/// <summary>What the kernel tells of one thread.</summary>
/// <param name="Process">The process that it belongs to.</param>
/// <param name="IsAsleep">Whether it waits for something that is neither a processor nor a disk.</param>
/// <param name="Worked">Processor time used.</param>
/// <param name="Waited">Time spent runnable, waiting for a processor; told when the wait is over.</param>
public readonly record struct ThreadTimes(int Process, bool IsAsleep, TimeSpan Worked, TimeSpan Waited);

/// <summary>What the kernel tells of the threads of a server's processes at one instant.</summary>
/// <param name="Threads">By the thread's id.</param>
public sealed record ProcessSample(IReadOnlyDictionary<int, ThreadTimes> Threads)
{
    /// <summary>Whether every thread sleeps, so that the server waits for something.</summary>
    /// <remarks>A process on its way out has left its network before it is gone: nothing to see is not sleep.</remarks>
    public bool IsAsleep => Threads.Count > 0 && Threads.Values.All(thread => thread.IsAsleep);

    /// <summary>Whether the same threads sleep that slept before, and none of them has had a processor meanwhile.</summary>
    /// <param name="before">An earlier sample.</param>
    public bool HasNotRunSince(ProcessSample before) =>
        IsAsleep
        && Threads.Count == before.Threads.Count
        && Threads.All(thread => before.Threads.TryGetValue(thread.Key, out var then) && then == thread.Value);

    /// <summary>What is left without the threads of some processes.</summary>
    public ProcessSample Without(IReadOnlyCollection<int> processes) =>
        processes.Count == 0
            ? this
            : new ProcessSample(Threads.Where(thread => !processes.Contains(thread.Value.Process)).ToDictionary());

    /// <summary>Likewise with the threads of another program.</summary>
    public ProcessSample With(ProcessSample other) => new(Threads.Concat(other.Threads).ToDictionary());

    /// <summary>Processor time that the threads of now used.</summary>
    /// <param name="before">An earlier sample.</param>
    public TimeSpan WorkedSince(ProcessSample before) =>
        new(Threads.Sum(thread => (thread.Value.Worked - before.Find(thread.Key).Worked).Ticks));

    /// <summary>
    /// The cores that its threads keep busy when they need not wait for one: a thread that spins counts as a whole one
    /// however little of it a busy machine gives, and one that wakes for a moment counts as that moment however long it waits.
    /// </summary>
    /// <param name="before">An earlier sample.</param>
    /// <param name="passed">The time between the two.</param>
    public double LoadSince(ProcessSample before, TimeSpan passed)
    {
        var load = 0.0;
        foreach (var (thread, now) in Threads)
        {
            var then = before.Find(thread);
            var worked = now.Worked - then.Worked;
            var couldRun = passed - (now.Waited - then.Waited);
            load +=
                worked <= TimeSpan.Zero ? 0
                : worked >= couldRun ? 1
                : worked / couldRun;
        }

        return load;
    }

    /// <summary>The longest time that one of its threads waited for a processor or a disk, and did not sleep.</summary>
    /// <param name="before">An earlier sample.</param>
    /// <param name="passed">The time between the two; no wait is longer.</param>
    public TimeSpan LongestWaitSince(ProcessSample before, TimeSpan passed)
    {
        var longest = TimeSpan.Zero;
        foreach (var (thread, now) in Threads)
        {
            var then = before.Find(thread);
            // A wait that still goes on is not in the kernel's sum yet.
            var waited = now.IsAsleep ? now.Waited - then.Waited : passed - (now.Worked - then.Worked);
            longest = waited > longest ? waited : longest;
        }

        return longest < passed ? longest : passed;
    }

    /// <summary>The time in which no thread of it had to wait for a processor or a disk.</summary>
    /// <param name="before">An earlier sample.</param>
    /// <param name="passed">The time between the two.</param>
    public TimeSpan CouldRunSince(ProcessSample before, TimeSpan passed)
    {
        var could = passed - LongestWaitSince(before, passed);
        var worked = WorkedSince(before);
        // While it has a whole core, its threads wait for each other, and that is its own doing.
        return could > worked ? could : worked;
    }

    private ThreadTimes Find(int thread) => Threads.GetValueOrDefault(thread);
}

/// <summary>Reads processes from /proc; one that ends meanwhile counts as not there.</summary>
internal static class ProcessTable
{
    // Of what is read here; of more than that only the beginning matters.
    private const int LongestLine = 512;

    // As proc_pid_stat(5) numbers them.
    private const int StateField = 3;
    private const int ThreadsField = 20;

    private static readonly EnumerationOptions AllEntries = new() { AttributesToSkip = FileAttributes.None };

    public static ProcessSample Sample(IReadOnlyList<int> processes)
    {
        var times = new Dictionary<int, ThreadTimes>();
        foreach (var process in processes)
        {
            // Most have one thread, and need no look into the folder of their threads.
            if (ReadStatus($"/proc/{process}") is (var state, 1))
            {
                times[process] = ReadTimes(process, $"/proc/{process}", state);
                continue;
            }

            foreach (var thread in FindThreadIds(process))
            {
                var folder = $"/proc/{process}/task/{thread}";
                times[thread] = ReadTimes(process, folder, ReadStatus(folder).State);
            }
        }

        return new ProcessSample(times);
    }

    /// <summary>All that every system tells of a process: whether it is there, and the processor time that it used.</summary>
    public static ProcessSample SamplePlainly(int process)
    {
        // What has ended may have started something that goes on.
        var worked = AskPlainly(process, found => found.TotalProcessorTime, TimeSpan.Zero);
        var times = new ThreadTimes(process, IsAsleep: true, worked, TimeSpan.Zero);
        return new ProcessSample(new Dictionary<int, ThreadTimes> { [process] = times });
    }

    /// <summary>Whether a process lives, as every system tells it.</summary>
    public static bool ExistsPlainly(int process) => AskPlainly(process, found => !found.HasExited, ended: false);

    /// <summary>Resident bytes of it that belong to no file, with its share alone of what several processes hold; dear.</summary>
    public static long ReadShareOfMemory(int process) =>
        Try(() => File.ReadAllLines($"/proc/{process}/smaps_rollup"), [])
            .Where(line => line.StartsWith("Pss_Anon:", StringComparison.Ordinal))
            .Sum(line =>
                1024
                * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
            );

    /// <summary>Its ids from our own namespace of processes to the innermost that it is in (pid_namespaces(7)).</summary>
    public static int[] ReadNamespaceIds(int process)
    {
        const string Field = "NSpid:";
        var line = Try(
            () =>
                File.ReadLines($"/proc/{process}/status")
                    .FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)),
            null
        );
        return
        [
            .. (line?[Field.Length..] ?? "")
                .Split('\t', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => int.Parse(id, CultureInfo.InvariantCulture)),
        ];
    }

    /// <summary>Every process that can be seen.</summary>
    public static List<int> FindAll() => ReadIds("/proc");

    public static IReadOnlyList<long> ReadSocketInodes(int process)
    {
        var inodes = new List<long>();
        Span<byte> buffer = stackalloc byte[LongestLine];
        foreach (var descriptor in FindDescriptors(process))
        {
            // socket:[123456]
            var target = Native.ReadLink($"/proc/{process}/fd/{descriptor}", buffer);
            if (target.StartsWith("socket:["u8))
            {
                target = target["socket:[".Length..];
                inodes.Add(TakeNumber(ref target));
            }
        }

        return inodes;
    }

    public static string[] ReadEnvironment(int process) =>
        Encoding.UTF8.GetString(Try(() => File.ReadAllBytes($"/proc/{process}/environ"), [])).Split('\0');

    /// <summary>Whether a thread of it lives; the first one may have ended before the others.</summary>
    public static bool Exists(int process) =>
        FindThreads(process).Any(thread => ReadStatus(thread).State is not ('Z' or 'X' or '?'));

    public static IEnumerable<string> FindThreads(int process) =>
        FindThreadIds(process).Select(thread => $"/proc/{process}/task/{thread}");

    /// <summary>How many threads it has.</summary>
    public static long CountThreads(int process) => ReadStatus($"/proc/{process}").Threads;

    /// <summary>How many descriptors it holds.</summary>
    public static int CountDescriptors(int process) => FindDescriptors(process).Count;

    private static List<int> FindDescriptors(int process) => Try(() => ReadIds($"/proc/{process}/fd"), []);

    private static List<int> FindThreadIds(int process) => Try(() => ReadIds($"/proc/{process}/task"), []);

    // Without a string and a stat(2) for each: whoever waits for a server looks often.
    private static List<int> ReadIds(string folder) =>
        [
            .. new FileSystemEnumerable<int>(
                folder,
                (ref FileSystemEntry entry) => int.Parse(entry.FileName, CultureInfo.InvariantCulture),
                AllEntries
            )
            {
                ShouldIncludePredicate = (ref FileSystemEntry entry) => char.IsAsciiDigit(entry.FileName[0]),
            },
        ];

    private static ThreadTimes ReadTimes(int process, string folder, char state)
    {
        var (worked, waited, _) = ReadNumbers($"{folder}/schedstat");
        // A thread in uninterruptible sleep (D) waits for a disk, not for a client.
        return new ThreadTimes(process, state is not ('R' or 'D'), FromNanoseconds(worked), FromNanoseconds(waited));
    }

    // Of a process or one of its threads: the state, '?' when it has just ended, and how many threads the process has.
    private static (char State, long Threads) ReadStatus(string folder)
    {
        // pid (name) state ...; the name may hold blanks and parentheses of its own.
        ReadOnlySpan<byte> text = Native.ReadFile($"{folder}/stat", stackalloc byte[LongestLine]);
        var end = text.LastIndexOf((byte)')');
        if (end < 0 || text.Length < end + 3)
        {
            return ('?', 0);
        }

        var state = (char)text[end + 2];
        text = text[(end + 3)..];
        for (var field = StateField + 1; field < ThreadsField; field++)
        {
            TakeNumber(ref text);
        }

        return (state, TakeNumber(ref text));
    }

    /// <summary>Resident bytes of it that belong to no file.</summary>
    public static long ReadMemory(int process)
    {
        // size resident shared ..., in pages
        var (_, resident, shared) = ReadNumbers($"/proc/{process}/statm");
        return (resident - shared) * Environment.SystemPageSize;
    }

    // The first three; what ends while it is read gives an empty file.
    private static (long First, long Second, long Third) ReadNumbers(string path)
    {
        ReadOnlySpan<byte> text = Native.ReadFile(path, stackalloc byte[LongestLine]);
        return (TakeNumber(ref text), TakeNumber(ref text), TakeNumber(ref text));
    }

    private static long TakeNumber(ref ReadOnlySpan<byte> text)
    {
        text = text.TrimStart((byte)' ');
        _ = Utf8Parser.TryParse(text, out long number, out var length);
        text = text[length..];
        return number;
    }

    private static TimeSpan FromNanoseconds(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / 100);

    /// <summary>What <paramref name="read"/> gives, or something else where the process has ended or is another user's.</summary>
    public static T Try<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException && !Exhaustion.IsOfFiles(e))
        {
            return otherwise;
        }
    }

    private static T AskPlainly<T>(int process, Func<Process, T> ask, T ended)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return ask(found);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            return ended;
        }
    }
}
