using System.Globalization;

namespace Grader.Launching;

/// <summary>A log that keeps its first and its last half when it grows past its bound.</summary>
public sealed class Log(long bound)
{
    private readonly Lock _lock = new();
    private readonly List<string> _head = [];
    private readonly Queue<string> _tail = new();
    private long _headSize;
    private long _tailSize;
    private long _omitted;
    private bool _isHeadFull;

    public void Add(string line)
    {
        lock (_lock)
        {
            _isHeadFull |= _headSize + line.Length >= bound / 2;
            if (!_isHeadFull)
            {
                _head.Add(line);
                _headSize += line.Length + 1;
                return;
            }

            _tail.Enqueue(line);
            _tailSize += line.Length + 1;
            while (_tailSize > bound / 2)
            {
                var size = _tail.Dequeue().Length + 1;
                _tailSize -= size;
                _omitted += size;
            }
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
            return string.Concat(_head.Concat(gap).Concat(_tail).Select(line => line + "\n"));
        }
    }
}
