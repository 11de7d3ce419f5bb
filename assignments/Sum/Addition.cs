using System.Text;
using Grader.Checks;
using Grader.Clients;

namespace Grader.Assignments.Sum;

/// <summary>A request to add two numbers; a reply is right if its only number equals their sum.</summary>
internal sealed class Addition : Exchange
{
    private const int Shown = 80;

    private readonly Numeral _first;
    private readonly Numeral _second;

    /// <param name="first">A decimal number.</param>
    /// <param name="second">Likewise.</param>
    /// <param name="written">The request, where it is not the two with a blank between and a newline.</param>
    public Addition(string first, string second, string? written = null)
        : base(Encoding.ASCII.GetBytes(written ?? $"{first} {second}\n"))
    {
        _first = Numeral.Parse(first);
        _second = Numeral.Parse(second);
        Sum = _first + _second;
    }

    public Numeral Sum { get; }

    /// <summary>Whether the reply must end with a newline; else it also ends where the server rests.</summary>
    public bool NeedsNewline { get; init; }

    /// <summary>What to try when nothing comes at all, where that tells more than the check's own hint.</summary>
    public string? HintOnSilence { get; init; }

    /// <summary>What was replied, once it was judged to be right.</summary>
    public string Reply { get; private set; } = "";

    /// <summary>An addition for a check that is about something else than numbers.</summary>
    public static Exchange Next(Bench bench) => Ordinary(bench, needsNewline: false);

    /// <summary>Two numbers of two digits each: no other way to put them together gives their sum.</summary>
    public static Addition Ordinary(Bench bench, bool needsNewline, string? hintOnSilence = null) =>
        new($"{10 + bench.Number(90)}", $"{10 + bench.Number(90)}")
        {
            NeedsNewline = needsNewline,
            HintOnSilence = hintOnSilence,
        };

    public override async Task ExpectAsync(Client client) => Judge(client, await client.HearAsync(MeasureLine));

    // Prompts and farewells may stand around replies; what has a number in it, or is no text, may not.
    public override bool IsHarmless(byte[] surplus) =>
        !surplus.Any(value => value is 0 or (>= (byte)'0' and <= (byte)'9'));

    // The request is all that this client has to say, so that a reply without a newline ends where the connection does.
    public override async Task ConverseAsync(Client client)
    {
        await client.SendLastAsync(Request);
        Judge(client, await client.HearAsync(MeasureAll, toTheEnd: true));
        await FinishAsync(client);
    }

    private static string Decode(ReadOnlyMemory<byte> bytes) => Encoding.Latin1.GetString(bytes.Span);

    private bool IsRight(string reply) =>
        !reply.Contains('\0', StringComparison.Ordinal)
        && Numeral.FindIn(reply) switch
        {
            [var only] => IsSum(only),
            // The addends in front of their sum do not count: 12 + 30 = 42.
            [var a, var b, var last] => IsAddends(a, b) && IsSum(last),
            _ => false,
        };

    private bool IsSum(Numeral number) => _first.IsInteger && _second.IsInteger ? number.Is(Sum) : number.IsNear(Sum);

    private bool IsAddends(Numeral a, Numeral b) => (a.Is(_first) && b.Is(_second)) || (a.Is(_second) && b.Is(_first));

    private int? MeasureLine(ReadOnlyMemory<byte> bytes, bool isOver)
    {
        // The newline of a reply that was taken for complete without it comes in front of the next.
        var text = NeedsNewline ? bytes.Span : bytes.Span.TrimStart("\r\n"u8);
        var end = text.IndexOf((byte)'\n');
        return end >= 0 ? bytes.Length - text.Length + end + 1
            : NeedsNewline ? null
            : MeasureAll(bytes, isOver);
    }

    private int? MeasureAll(ReadOnlyMemory<byte> bytes, bool isOver) =>
        isOver && IsRight(Decode(bytes)) ? bytes.Length : null;

    private void Judge(Client client, Heard heard)
    {
        Reply = Decode(heard.Bytes);
        var isRight = IsRight(Reply);
        if (isRight && (heard.EndsWithNewline || !NeedsNewline))
        {
            return;
        }

        throw new CheckFailedException(
            new Failure(
                $"\"{Text.Shorten(Sum.ToString(), Shown)}\\n\" for {Heard.Quote(Request.Span)}",
                heard.ToString()
            )
            {
                Symptom = Symptom.WrongReply,
                Client = client.Label,
                HeardBefore = client.HeardBefore,
                Reply = heard.InPlaceOf(Request, Encoding.ASCII.GetBytes($"{Sum}\n")),
                Hint =
                    heard is { Bytes: [], Ending: Ending.None } ? HintOnSilence
                    : heard.Bytes.Length > 0 && NeedsNewline && !heard.EndsWithNewline
                        ? "End every reply with a newline: nothing else tells the client where it ends."
                    : null,
            }
        );
    }
}
