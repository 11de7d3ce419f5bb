using System.Buffers;

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
    private bool _hasEnded;

    /// <param name="client">Who sent.</param>
    /// <param name="bytes">What was sent.</param>
    /// <param name="isStream">Whether it is a part of something long, of which both directions flow at the same time.</param>
    public void Sent(string client, ReadOnlySpan<byte> bytes, bool isStream = false) =>
        Add(client, Deed.Sends, bytes, isStream);

    public void Received(string client, ReadOnlySpan<byte> bytes) => Add(client, Deed.Receives, bytes, isStream: false);

    /// <summary>What a client received last, and has not read.</summary>
    public void TakeBack(string client, int count)
    {
        lock (_lock)
        {
            // Where other clients' events stand between, it is in more than one.
            while (count > 0)
            {
                var last = _events.FindLastIndex(entry => entry.Who == client && entry.Deed == Deed.Receives);
                var taken = (int)Math.Min(count, _events[last].Length);
                _events[last].Shorten(taken);
                count -= taken;
                if (_events[last].Length == 0)
                {
                    _events.RemoveAt(last);
                }
            }
        }
    }

    /// <summary>An event that carries no bytes.</summary>
    public void Note(string who, Deed deed, string text)
    {
        lock (_lock)
        {
            if (!_hasEnded)
            {
                _events.Add(new Event(time.GetElapsedTime(_start), who, deed, text));
            }
        }
    }

    /// <summary>The check is over: what its clients do when they are cleared away is no part of it.</summary>
    public void End()
    {
        lock (_lock)
        {
            _hasEnded = true;
        }
    }

    public IReadOnlyList<TranscriptLine> Read()
    {
        lock (_lock)
        {
            return
            [
                .. _events.Select(entry => new TranscriptLine(
                    entry.At,
                    entry.Who,
                    entry.Deed,
                    entry.Kept,
                    $"{entry.Who, -8}  {Render(entry)}"
                )),
            ];
        }
    }

    private void Add(string client, Deed deed, ReadOnlySpan<byte> bytes, bool isStream)
    {
        lock (_lock)
        {
            var entry = FindOpen(client, deed);
            if (entry is null)
            {
                entry = new Event(time.GetElapsedTime(_start), client, deed, "") { IsStream = isStream };
                _events.Add(entry);
            }

            entry.Append(bytes);
        }
    }

    // How the network cuts a stream is no event of its own, nor is how its two directions take turns; each send is one.
    private Event? FindOpen(string client, Deed deed)
    {
        var last = _events
            .TakeLast(3)
            .Reverse()
            // Whoever sends a stream may learn late that its connection has ended.
            .SkipWhile(entry => deed == Deed.Sends && entry.Who == client && entry.Deed == Deed.Ends)
            .Take(2)
            .TakeWhile(entry => entry.Who == client && HasBytes(entry))
            .ToList();
        var isStream = last.Exists(entry => entry.IsStream || entry.Length >= Stream);
        return isStream || deed == Deed.Receives
            ? last.Take(isStream ? 2 : 1).FirstOrDefault(entry => entry.Deed == deed)
            : null;
    }

    private static bool HasBytes(Event entry) => entry.Deed is Deed.Sends or Deed.Receives;

    private static string Render(Event entry)
    {
        if (!HasBytes(entry))
        {
            return entry.Text;
        }

        var mark = entry.Deed == Deed.Sends ? '>' : '<';
        return entry.Length > Shown + Spared
            ? $"{mark} \"{Text.Escape(entry.Kept.Span[..Shown])}\" [... {Text.Count(entry.Length - Shown, "byte")} ...]"
            : $"{mark} \"{Text.Escape(entry.Kept.Span)}\"";
    }

    private sealed class Event(TimeSpan at, string who, Deed deed, string text)
    {
        private ArrayBufferWriter<byte> _kept = new();

        public TimeSpan At { get; } = at;

        public string Who { get; } = who;

        public Deed Deed { get; } = deed;

        public string Text { get; } = text;

        /// <summary>The first bytes: all of them, unless it is a stream.</summary>
        public ReadOnlyMemory<byte> Kept => _kept.WrittenMemory;

        public long Length { get; private set; }

        public bool IsStream { get; init; }

        public void Append(ReadOnlySpan<byte> bytes)
        {
            _kept.Write(bytes[..Math.Min(bytes.Length, Stream - _kept.WrittenCount)]);
            Length += bytes.Length;
        }

        public void Shorten(int count)
        {
            Length -= count;
            var left = _kept.WrittenMemory[..(int)Math.Min(Length, _kept.WrittenCount)];
            _kept = new ArrayBufferWriter<byte>();
            _kept.Write(left.Span);
        }
    }
}
