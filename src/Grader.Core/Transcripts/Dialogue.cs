using Grader.Checks;
using Grader.Clients;

namespace Grader.Transcripts;

/// <summary>The transcript of a failed check as a report shows it: the same in every run.</summary>
internal static class Dialogue
{
    // A conversation of so many events is shown from its beginning.
    private const int Short = 12;

    private const int First = 14;
    private const int Last = 5;

    // Bytes of a reply, before and after the first wrong one.
    private const int Before = 40;
    private const int After = 24;

    // Single bytes, a write each, are one event from here on.
    private const int LeastRun = 4;

    private const string Received = "  < \"";

    /// <returns>The lines; none where chance decides what went over the wire.</returns>
    public static IReadOnlyList<string> Tell(IReadOnlyList<TranscriptLine> transcript, Failure failure)
    {
        if (failure.DependsOnTiming || transcript.Count == 0)
        {
            return [];
        }

        var events = Join(transcript);
        var start = events.Count <= Short ? 0 : FindStart(events, failure.Client);
        var lines = events
            .Skip(start)
            // How a connection ended, FIN or RST, is a matter of timing, and told at the end.
            .Where(line => !(line.Who == failure.Client && line.Deed == Deed.Ends))
            .SelectMany(line => Render(line, events, failure))
            .ToList();
        var shown =
            lines.Count <= First + Last + 1
                ? lines
                : [.. lines.Take(First), Omit(lines.Count - First - Last), .. lines.TakeLast(Last)];
        return [.. start > 0 ? [Omit(start)] : Array.Empty<string>(), .. shown, .. DescribeEnd(failure)];
    }

    private static string Omit(int events) => $"[... {Text.Count(events, "event")} ...]";

    private static int FindStart(List<TranscriptLine> events, string? client)
    {
        var first = events.FindIndex(line => line.Who == client);
        return first > 0 ? first : Math.Max(0, events.Count - Short);
    }

    // A message that is sent byte by byte is one event.
    private static List<TranscriptLine> Join(IReadOnlyList<TranscriptLine> transcript)
    {
        var joined = new List<TranscriptLine>();
        for (var index = 0; index < transcript.Count; )
        {
            var first = transcript[index];
            var run = transcript
                .Skip(index)
                .TakeWhile(line => line.Who == first.Who && line.Deed == Deed.Sends && line.Bytes.Length == 1)
                .ToList();
            if (run.Count < LeastRun)
            {
                joined.Add(first);
                index++;
                continue;
            }

            byte[] bytes = [.. run.SelectMany(line => line.Bytes.ToArray())];
            joined.Add(
                first with
                {
                    Bytes = bytes,
                    Text = $"{first.Who, -8}  > \"{Text.Escape(bytes)}\", byte by byte",
                }
            );
            index += run.Count;
        }

        return joined;
    }

    private static string[] Render(TranscriptLine line, List<TranscriptLine> events, Failure failure)
    {
        if (line.Deed != Deed.Receives || line.Who != failure.Client || failure.Reply is not { } reply)
        {
            return [line.Text];
        }

        // Where in all that this client got the first wrong byte is, or would have been.
        var wrong = failure.HeardBefore + reply.Matched - line.HeardBefore(events);
        return wrong < 0 || wrong >= line.Bytes.Length ? [line.Text] : Mark(line, wrong);
    }

    // What comes after the first wrong bytes is not shown: how much of it there is, is a matter of timing.
    private static string[] Mark(TranscriptLine line, int wrong)
    {
        var start = wrong > Before ? wrong - Before : 0;
        var bytes = line.Bytes.Span;
        var lead =
            $"{line.Who, -8}{Received}{(start > 0 ? $"[... {Text.Count(start, "byte")} ...] " : "")}{Text.Escape(bytes[start..wrong])}";
        var end = Math.Min(bytes.Length, wrong + After);
        return [$"{lead}{Text.Escape(bytes[wrong..end])}\"", $"{new string(' ', lead.Length)}^"];
    }

    private static IEnumerable<string> DescribeEnd(Failure failure)
    {
        if (failure is { Client: { } client, Reply: { IsCut: true } reply })
        {
            yield return $"{client, -8}  ! {Difference.DescribeEnding(reply.Ending)}";
        }
        else if (failure is { Client: { } silent, Symptom: Symptom.StaysOpen })
        {
            yield return $"{silent, -8}  ! {Difference.DescribeEnding(Ending.None)}";
        }

        if (failure.ExitCode is { } code)
        {
            yield return $"{"server", -8}  {Launching.ExitCodes.Describe(code)}";
        }
    }
}
