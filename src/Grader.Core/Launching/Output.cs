using System.Buffers;
using System.Text;

namespace Grader.Launching;

/// <summary>What a program wrote: its last lines for the report, and a bounded log of everything.</summary>
/// <param name="log">Where everything goes.</param>
/// <param name="relative">Takes the machine's paths out of a line.</param>
/// <param name="kept">How many bytes of standard output are kept as they are.</param>
public sealed class Output(Log log, Func<string, string> relative, int kept = 0)
{
    /// <summary>How many last lines of each stream are kept.</summary>
    public const int Lines = 32;

    private const int MaxLine = 1000;

    private const int ShownLines = 8;
    private const int ShownLength = 200;

    // Our own reader needs a moment for what a server, now asleep, has written into the pipe.
    private static readonly TimeSpan PipeTime = TimeSpan.FromMilliseconds(20);

    private readonly Lock _lock = new();
    private readonly Tail _stdout = new();
    private readonly Tail _stderr = new();
    private readonly ArrayBufferWriter<byte> _kept = new();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Null once something was told of the program.
    private int? _mark = 0;

    public PipeTarget Stdout => PipeTarget.Create((stream, token) => CopyAsync(stream, _stdout, "out", token));

    public PipeTarget Stderr => PipeTarget.Create((stream, token) => CopyAsync(stream, _stderr, "err", token));

    /// <summary>The first bytes on stdout.</summary>
    public byte[] Kept
    {
        get
        {
            lock (_lock)
            {
                return _kept.WrittenSpan.ToArray();
            }
        }
    }

    /// <summary>Told when something was written.</summary>
    public Action? Written { get; set; }

    /// <summary>Reads no more: what still holds a pipe is no part of the program.</summary>
    public void LeaveOff() => _end.TrySetResult();

    /// <summary>A mark behind all that was written on stderr so far, to read from later.</summary>
    public async Task<int> MarkStderrAsync(CancellationToken cancellationToken)
    {
        // A program that has never said a word is not waited for; what one says when the clients of a failed check hang up
        // may still be in the pipe.
        if (StderrCount != _mark)
        {
            await SettleAsync(cancellationToken);
        }

        var mark = StderrCount;
        _mark = mark;
        return mark;
    }

    /// <summary>The last lines on stderr after <paramref name="mark"/>, once what is in the pipe has been read.</summary>
    public async Task<IReadOnlyList<string>> SettledStderrAsync(int mark, CancellationToken cancellationToken)
    {
        _mark = null;
        await SettleAsync(cancellationToken);
        return Read(_stderr, mark);
    }

    /// <summary>The last lines on stderr.</summary>
    public IReadOnlyList<string> LastErrors() => Read(_stderr, 0);

    /// <summary>The last lines on stderr or, when there are none, on stdout.</summary>
    public IReadOnlyList<string> Last() => LastErrors() is { Count: > 0 } lines ? lines : Read(_stdout, 0);

    /// <summary>As many lines as a report shows.</summary>
    /// <remarks>What went wrong stands in the first line, or in the last ones, as the language has it.</remarks>
    public static IReadOnlyList<string> Excerpt(IReadOnlyList<string> lines)
    {
        IEnumerable<string> some =
            lines.Count <= ShownLines
                ? lines
                :
                [
                    lines[0],
                    $"[... {Text.Count(lines.Count - ShownLines + 2, "line")} ...]",
                    .. lines.TakeLast(ShownLines - 2),
                ];
        return [.. some.Select(line => Text.Shorten(line, ShownLength))];
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        // Some servers never stop writing.
        for (int look = 0, before = -1; look < 5 && StderrCount != before; look++)
        {
            before = StderrCount;
            await Task.Delay(PipeTime, cancellationToken);
        }
    }

    private int StderrCount
    {
        get
        {
            lock (_lock)
            {
                return _stderr.Count;
            }
        }
    }

    private List<string> Read(Tail tail, int mark)
    {
        lock (_lock)
        {
            List<string> lines = [.. tail.Lines.TakeLast(Math.Max(0, tail.Count - mark)).Select(Clean)];
            return tail.Partial.Length == 0 ? lines : [.. lines, Clean(tail.Partial.ToString())];
        }
    }

    private async Task CopyAsync(Stream stream, Tail tail, string name, CancellationToken cancellationToken)
    {
        var bytes = new byte[8192];
        // Bytes of an unfinished character come on top of those of this read.
        var characters = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var decoder = Encoding.UTF8.GetDecoder();
        while (await ReadAsync(stream, bytes, cancellationToken) is var read and > 0)
        {
            Keep(bytes.AsSpan(0, read), tail);
            Written?.Invoke();
            var count = decoder.GetChars(bytes.AsSpan(0, read), characters, flush: false);
            Add(characters.AsSpan(0, count), tail, name);
        }

        if (tail.Partial.Length > 0)
        {
            Add("\n", tail, name);
        }
    }

    // A read of a pipe cannot be cancelled everywhere.
    private async Task<int> ReadAsync(Stream stream, Memory<byte> bytes, CancellationToken cancellationToken)
    {
        var reading = stream.ReadAsync(bytes, cancellationToken).AsTask();
        return await Task.WhenAny(reading, _end.Task) == reading ? await reading : 0;
    }

    private void Keep(ReadOnlySpan<byte> bytes, Tail tail)
    {
        lock (_lock)
        {
            if (tail == _stdout)
            {
                _kept.Write(bytes[..Math.Min(bytes.Length, kept - _kept.WrittenCount)]);
            }
        }
    }

    private void Add(ReadOnlySpan<char> text, Tail tail, string name)
    {
        lock (_lock)
        {
            foreach (var character in text)
            {
                if (character != '\n')
                {
                    tail.Partial.Append(character);
                }

                if (character != '\n' && tail.Partial.Length < MaxLine)
                {
                    continue;
                }

                var line = tail.Partial.ToString();
                tail.Partial.Clear();
                tail.Add(line);
                log.Add($"{name} | {line}", Clean);
            }
        }
    }

    private string Clean(string line) => Text.Printable(relative(line.TrimEnd('\r')));

    private sealed class Tail
    {
        public Queue<string> Lines { get; } = new();

        public StringBuilder Partial { get; } = new();

        public int Count { get; private set; }

        public void Add(string line)
        {
            Count++;
            Lines.Enqueue(line);
            if (Lines.Count > Output.Lines)
            {
                Lines.Dequeue();
            }
        }
    }
}
