using System.Globalization;

namespace Grader.Transcripts;

/// <summary>What went over the wire during a check, in order.</summary>
public sealed class Transcript(TimeProvider time)
{
    private const int Shown = 48;

    private readonly Lock _lock = new();
    private readonly List<Event> _events = [];
    private readonly long _start = time.GetTimestamp();

    public void Sent(string client, ReadOnlySpan<byte> bytes) => Add(client, '>', bytes);

    public void Received(string client, ReadOnlySpan<byte> bytes) => Add(client, '<', bytes);

    /// <summary>An event that carries no bytes: connects, half-closes, ends.</summary>
    public void Note(string who, string text)
    {
        lock (_lock)
        {
            _events.Add(new Event(time.GetElapsedTime(_start), who, '.', [], 0, text));
        }
    }

    /// <summary>One event a line: seconds since the start, who, what.</summary>
    public IEnumerable<string> Render()
    {
        lock (_lock)
        {
            return [.. _events.Select(Render)];
        }
    }

    private void Add(string client, char mark, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            // How the network cuts a stream is no event of its own.
            if (_events.Count > 0 && _events[^1] is { } last && last.Who == client && last.Mark == mark)
            {
                last.Append(bytes);
                return;
            }

            var entry = new Event(time.GetElapsedTime(_start), client, mark, [], 0, "");
            entry.Append(bytes);
            _events.Add(entry);
        }
    }

    private static string Render(Event entry)
    {
        var what =
            entry.Mark == '.' ? entry.Text
            : entry.Length > Shown
                ? $"{entry.Mark} \"{Text.Escape(entry.First)}\" [... {Text.Count(entry.Length - Shown, "byte")} ...]"
            : $"{entry.Mark} \"{Text.Escape(entry.First)}\"";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.At.TotalSeconds, 7:0.000}  {entry.Who, -8}  {what}"
        );
    }

    private sealed class Event(TimeSpan at, string who, char mark, byte[] first, long length, string text)
    {
        public TimeSpan At { get; } = at;

        public string Who { get; } = who;

        public char Mark { get; } = mark;

        public string Text { get; } = text;

        public byte[] First { get; private set; } = first;

        public long Length { get; private set; } = length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            First = [.. First, .. bytes[..Math.Min(bytes.Length, Shown - First.Length)]];
            Length += bytes.Length;
        }
    }
}
