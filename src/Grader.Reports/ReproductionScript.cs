using System.Text;
using Grader.Checks;
using Grader.Diagnosis;
using Grader.Transcripts;

namespace Grader.Reports;

/// <summary>A Python script, of the standard library alone, that plays the conversation in which a check failed.</summary>
public static class ReproductionScript
{
    // In bytes; what is longer passes in both directions at the same time.
    private const int Stream = 16_384;

    // In bytes: more than the buffers between two programs hold, so that a slow reader is noticed.
    private const int SlowStream = (4 << 20) + 7;

    /// <summary>As many clients as a script names one by one.</summary>
    public const int MostClients = 26;

    // What is decided by a race may need to be tried more than once.
    private const int Rounds = 20;

    private const int Width = 118;

    /// <summary>The scripts of all that failed, by check.</summary>
    public static IReadOnlyDictionary<string, string> RenderAll(
        Assignment assignment,
        IEnumerable<FailedCheck> failed
    ) =>
        (
            from check in failed
            let script = Render(assignment, check, assignment.Checks.First(its => its.Id == check.Check).Name)
            where script is not null
            select (check.Check, script)
        ).ToDictionary();

    /// <param name="assignment">Whose protocol is played.</param>
    /// <param name="failed">What went wrong.</param>
    /// <param name="name">What the server does not do; completes "the server ...".</param>
    /// <returns>The script; null where what failed cannot be seen over a connection.</returns>
    public static string? Render(Assignment assignment, FailedCheck failed, string name)
    {
        if (assignment.Replay is not { } replay || FindSteps(replay, failed) is not { } steps)
        {
            return null;
        }

        var script = new StringBuilder(
            $$"""
            # {{failed.Check}} ({{assignment.Id}}): the server {{name}}.
            # Has the conversation that failed with a server that runs: python3 {{failed.Check}}.py [HOST] PORT
            import contextlib, decimal, os, re, socket, struct, sys, threading, time; clients = {}

            HOST = ["127.0.0.1", *sys.argv[1:-1]][-1]
            PORT = int(sys.argv[-1]) if sys.argv[-1].isdigit() else sys.exit(f"usage: python3 {sys.argv[0]} [HOST] PORT")
            """
        );
        var source = string.Join('\n', steps);
        var functions = Python
            .Functions.Take(2)
            .Append(new PythonFunction("question", replay.Question))
            .Append(new PythonFunction("expect", replay.Expect))
            .Concat(Python.Functions.Skip(2));
        foreach (var function in functions.Where(function => function.IsUsedIn(source)))
        {
            script.Append("\n\n").Append(function.Text);
            source += function.Text;
        }

        return script.Append("\n\n").AppendJoin('\n', Join(steps)).Append("\nprint(\"as expected\")\n").ToString();
    }

    // Several short steps go into one line.
    private static IEnumerable<string> Join(List<string> steps)
    {
        var line = "";
        foreach (var step in steps)
        {
            var isAlone = step.EndsWith(':') || step.StartsWith(' ') || line.EndsWith(':') || line.StartsWith(' ');
            if (line.Length > 0 && (isAlone || line.Length + step.Length > Width))
            {
                yield return line;
                line = "";
            }

            line += line.Length > 0 ? $"; {step}" : step;
        }

        yield return line;
    }

    private static List<string>? FindSteps(Replay replay, FailedCheck failed)
    {
        var failure = failed.Failure;
        var clients = failed.Transcript.Count(line => line.Deed is Deed.Connects or Deed.IsRefused);
        return failure.Symptom switch
        {
            Symptom.EndedEarly or Symptom.NeverListens or Symptom.OtherTransport => ["connect(\"A\")"],
            Symptom.Other when failure.Client is null => null,
            Symptom.NotBuilt
            or Symptom.MemoryGrows
            or Symptom.HoldsDescriptors
            or Symptom.BusyAlone
            or Symptom.BusyWithSilentClient
            or Symptom.RunsOn
            or Symptom.NotRestarted => null,
            _ when failure.Reply is { Expected.Length: > Stream } => [$"stream({SlowStream})"],
            _ when clients > MostClients => [$"together({clients})"],
            _ when failure.DependsOnTiming && clients > 1 => [$"for i in range({Rounds}): together({clients})"],
            _ => Play(replay, failed),
        };
    }

    private static List<string> Play(Replay replay, FailedCheck failed)
    {
        var lines = failed.Transcript.Where(line => line.Deed is not (Deed.Other or Deed.Ends)).ToList();
        var steps = new List<string>(WarmUp(replay, failed));
        for (var index = 0; index < lines.Count; )
        {
            var whole = TakeWhole(lines, index, replay, failed.Failure.Client);
            if (whole.Count > 1)
            {
                steps.AddRange(Loop(replay, [.. whole.Select(exchange => (exchange.Request, exchange.Reply))]));
                index += whole.Sum(exchange => exchange.Lines);
                continue;
            }

            var run = lines
                .Skip(index)
                .TakeWhile(line => line.Who == lines[index].Who && line.Deed == Deed.Sends)
                .ToList();
            steps.AddRange(run.Count > 1 ? [Send(replay, run)] : Step(replay, lines[index], failed));
            index += Math.Max(1, run.Count);
        }

        return [.. steps, .. End(replay, failed)];
    }

    // Clients that come one after the other, ask once, hear what is right, and leave.
    private static List<(string Request, string Reply, int Lines)> TakeWhole(
        List<TranscriptLine> lines,
        int index,
        Replay replay,
        string? failing
    )
    {
        var whole = new List<(string, string, int)>();
        while (true)
        {
            var next = lines.Skip(index).TakeWhile(line => line.Who == lines[index].Who).ToList();
            var deeds = next.Select(line => line.Deed).ToHashSet();
            if (
                next.Count != 4
                || next[0].Who == failing
                || !deeds.SetEquals([Deed.Connects, Deed.Sends, Deed.Receives, Deed.HalfCloses])
                || replay.Split(next.First(line => line.Deed == Deed.Receives).Bytes) is not [var reply]
            )
            {
                return whole;
            }

            whole.Add(
                (
                    Python.Quote(next.First(line => line.Deed == Deed.Sends).Bytes.Span, replay.IsExact),
                    Python.Quote(reply.Span, replay.IsExact),
                    next.Count
                )
            );
            index += next.Count;
            if (index >= lines.Count)
            {
                return whole;
            }
        }
    }

    private static IEnumerable<string> Loop(Replay replay, List<(string Request, string Reply)> exchanges)
    {
        var isSame = exchanges.TrueForAll(exchange => exchange.Request == exchange.Reply);
        var line = new StringBuilder($"for {(isSame ? "request" : "request, reply")} in [");
        foreach (var (request, reply) in exchanges)
        {
            var told = isSame ? request : $"({request}, {reply})";
            if (line.Length + told.Length > Width)
            {
                yield return line.ToString().TrimEnd();
                line.Clear().Append("    ");
            }

            line.Append(told).Append(", ");
        }

        yield return $"{line.ToString().TrimEnd(',', ' ')}]:";
        yield return $"    {Ask(replay, "request", isSame ? "request" : "reply")}";
    }

    private static string Ask(Replay replay, string request, string reply) =>
        replay.HalfClosesFirst
            ? $"connect(0); send(0, {request}); half_close(0); expect(0, {reply})"
            : $"connect(0); send(0, {request}); expect(0, {reply}); half_close(0)";

    // A server that is at its end, or full, may be so since the checks before.
    private static IEnumerable<string> WarmUp(Replay replay, FailedCheck failed) =>
        failed is { IsUnserved: true, Connections: > 0 }
        && !failed.Transcript.Any(line => line.Deed is Deed.Resets or Deed.Closes)
            ? [$"for i in range({failed.Connections}):", $"    {Ask(replay, "question(i)[0]", "question(i)[1]")}"]
            : [];

    private static string Send(Replay replay, List<TranscriptLine> run)
    {
        byte[] bytes = [.. run.SelectMany(line => line.Bytes.ToArray())];
        var pieces = run.TrueForAll(line => line.Bytes.Length == 1)
            ? $"*map(bytes, zip({Python.Quote(bytes, replay.IsExact)}))"
            : string.Join(", ", run.Select(line => Python.Quote(line.Bytes.Span, replay.IsExact)));
        return $"send({Name(run[0].Who)}, {pieces})";
    }

    private static IEnumerable<string> Step(Replay replay, TranscriptLine line, FailedCheck failed)
    {
        var who = Name(line.Who);
        return line.Deed switch
        {
            Deed.Connects => [$"connect({who})"],
            Deed.Sends => [Send(replay, [line])],
            Deed.HalfCloses => [$"half_close({who})"],
            Deed.Closes => [$"clients[{who}].close()"],
            Deed.Resets => [$"reset({who})"],
            Deed.Receives => replay
                .Split(RightPart(line, failed))
                .Select(reply => $"expect({who}, {Python.Quote(reply.Span, replay.IsExact)})"),
            _ => [],
        };
    }

    // What this client got before the reply that was wrong.
    private static ReadOnlyMemory<byte> RightPart(TranscriptLine line, FailedCheck failed)
    {
        if (line.Who != failed.Failure.Client)
        {
            return line.Bytes;
        }

        var right = failed.Failure.HeardBefore - line.HeardBefore(failed.Transcript);
        return line.Bytes[..Math.Clamp(right, 0, line.Bytes.Length)];
    }

    private static IEnumerable<string> End(Replay replay, FailedCheck failed)
    {
        var failure = failed.Failure;
        var who = Name(failure.Client ?? "");
        if (failure is { Reply: { } reply, Client: not null })
        {
            var expected = replay.Split(reply.Expected) is [var first, ..] ? first : default;
            var isSurplus = !reply.Wrong.IsEmpty && reply.Matched == reply.Expected.Length;
            // An error line may have a number behind it.
            var more =
                (reply.MayRefuse ? ", may_refuse=True" : "") + (isSurplus || reply.MayRefuse ? ", end=True" : "");
            yield return $"expect({who}, {Python.Quote(expected.Span, replay.IsExact)}{more})";
        }
        else if (failure.Symptom is Symptom.TurnedAway or Symptom.Gone)
        {
            yield return "time.sleep(0.5)";
            yield return "connect(1); send(1, question(1)[0]); expect(1, question(1)[1])";
        }
        else
        {
            yield return $"expect({who}, b\"\", end=True)";
        }
    }

    private static string Name(string client) => $"\"{client.Replace("client ", "", StringComparison.Ordinal)}\"";
}
