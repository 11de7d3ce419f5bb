namespace Grader.Transcripts;

/// <summary>What went over the wire during a check, in order.</summary>
public sealed class Transcript(TimeProvider time)
{
    private const int Shown = 48;

    // A mark of what is left out would be as long as that.
    private const int Spared = 24;

    // In bytes; what is longer passes in both directions at the same time.
    private const int Stream = 16_384;

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

    public IReadOnlyList<TranscriptLine> Read()
    {
        lock (_lock)
        {
            return [.. _events.Select(entry => new TranscriptLine(entry.At, Render(entry)))];
        }
    }

    private void Add(string client, char mark, ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (FindOpen(client, mark) is { } open)
            {
                open.Append(bytes);
                return;
            }

            var entry = new Event(time.GetElapsedTime(_start), client, mark, [], 0, "");
            entry.Append(bytes);
            _events.Add(entry);
        }
    }

    // How the network cuts a stream is no event of its own, nor is how its two directions take turns; each send is one.
    private Event? FindOpen(string client, char mark)
    {
        var last = _events.TakeLast(2).Reverse().TakeWhile(entry => entry.Who == client && entry.Mark != '.').ToList();
        var isStream = last.Exists(entry => entry.Length >= Stream);
        return isStream || mark == '<' ? last.Take(isStream ? 2 : 1).FirstOrDefault(entry => entry.Mark == mark) : null;
    }

    private static string Render(Event entry)
    {
        var isLong = entry.Length > Shown + Spared;
        var what =
            entry.Mark == '.' ? entry.Text
            : isLong
                ? $"{entry.Mark} \"{Text.Escape(entry.First.AsSpan(0, Shown))}\" [... {Text.Count(entry.Length - Shown, "byte")} ...]"
            : $"{entry.Mark} \"{Text.Escape(entry.First)}\"";
        return $"{entry.Who, -8}  {what}";
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
            First = [.. First, .. bytes[..Math.Min(bytes.Length, Shown + Spared - First.Length)]];
            Length += bytes.Length;
        }
    }
}
