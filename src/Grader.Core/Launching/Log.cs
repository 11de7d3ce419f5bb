using System.Globalization;

namespace Grader.Launching;

/// <summary>A log that keeps its first and its last half when it grows past its bound.</summary>
public sealed class Log(long bound)
{
    private readonly Lock _lock = new();
    private readonly List<(string Line, Func<string, string>? Clean)> _head = [];
    private readonly Queue<(string Line, Func<string, string>? Clean)> _tail = new();
    private readonly List<string> _faults = [];
    private long _headSize;
    private long _tailSize;
    private long _omitted;
    private bool _isHeadFull;

    /// <param name="line">What is kept, unless it falls into the middle that is omitted.</param>
    /// <param name="clean">Makes it fit to be read; asked only for what is kept.</param>
    public void Add(string line, Func<string, string>? clean = null)
    {
        lock (_lock)
        {
            _isHeadFull |= _headSize + line.Length >= bound / 2;
            if (!_isHeadFull)
            {
                _head.Add((line, clean));
                _headSize += line.Length + 1;
                return;
            }

            _tail.Enqueue((line, clean));
            _tailSize += line.Length + 1;
            while (_tailSize > bound / 2)
            {
                var size = _tail.Dequeue().Line.Length + 1;
                _tailSize -= size;
                _omitted += size;
            }
        }
    }

    /// <summary>Keeps, apart from all else, where something of ours went wrong.</summary>
    public void AddFault(Exception fault)
    {
        lock (_lock)
        {
            _faults.Add($"{fault}\n");
        }
    }

    /// <summary>The stack traces of what went wrong; empty where nothing did.</summary>
    public string ReadFaults()
    {
        lock (_lock)
        {
            return string.Concat(_faults);
        }
    }

    public string Read()
    {
        lock (_lock)
        {
            string[] gap =
                _omitted == 0
                    ? []
                    : [string.Create(CultureInfo.InvariantCulture, $"[... {_omitted:N0} characters omitted ...]")];
            return string.Concat(
                _head.Select(Clean).Concat(gap).Concat(_tail.Select(Clean)).Select(line => line + "\n")
            );
        }
    }

    private static string Clean((string Line, Func<string, string>? Clean) entry) =>
        entry.Clean?.Invoke(entry.Line) ?? entry.Line;
}
