using System.Text;
using Grader.Checks;
using Grader.Clients;

namespace Grader.Assignments.Sum;

/// <summary>What comes from a network may be anything; a server says no to it, and goes on.</summary>
internal static class RefusalLesson
{
    private static readonly string[] Blanks = ["12   30\n", "12\t30\n", "12 30\r\n", "12 \t 30\r\n"];

    // Letters, letters after a number, one number, three, none.
    private static readonly string[] Malformed = ["abc def\n", "12 abc\n", "5\n", "1 2 3\n", "\n"];

    private static readonly byte[][] NoText =
    [
        // No UTF-8.
        [(byte)'1', 0xff, (byte)' ', (byte)'2', (byte)'\n'],
        // Full-width digits are digits to some languages.
        Encoding.UTF8.GetBytes("\uff11 \uff12\n"),
        [(byte)'1', 0, (byte)' ', (byte)'2', (byte)'\n'],
    ];

    public static readonly Check Whitespace = new()
    {
        Id = "whitespace",
        Name = "takes several blanks, tabs, and CRLF",
        Points = 4,
        OnTheWire =
            "Asks for 12 30 with three blanks between, with a tab, with CRLF at the end, and with all of that, "
            + "a connection each.",
        Teaches = "What separates two numbers may be longer than one blank; many programs end a line with CR and LF.",
        Hint = "Split at any run of blanks, and ignore a carriage return in front of the newline.",
        Run = async bench =>
        {
            foreach (var written in Blanks)
            {
                await bench.AskAsync(new Addition("12", "30", written));
            }
        },
    };

    public static readonly Check MalformedRequest = new()
    {
        Id = "malformed-request",
        Name = "refuses what is not two numbers, and goes on",
        Points = 8,
        After = AddingLesson.SmallNumbers.Id,
        OnTheWire =
            "Sends words, a number and a word, one number, three numbers, and an empty line, a connection each, and"
            + " half-closes it. An error line and a close are right. Wrong is a number, silence on a connection that stays"
            + " open even so, or a server that is gone: after each, another client asks.",
        Teaches = "A client may send anything: a wrong answer, silence or a crash is worse than a refusal.",
        Hint = "See that there are exactly two parts and that both are numbers; else answer with an error line.",
        Run = bench =>
            RefuseAsync(bench, label => Malformed.Select(text => new Refusal(Encoding.ASCII.GetBytes(text), label))),
    };

    public static readonly Check InvalidBytes = new()
    {
        Id = "invalid-bytes",
        Name = "survives bytes that are no text",
        Points = 3,
        After = AddingLesson.SmallNumbers.Id,
        OnTheWire =
            "Sends 1 2 with a byte among it that is no UTF-8, in full-width digits, and with a NUL. The sum, an"
            + " error line and a close are right; after each, another client asks.",
        Teaches = "Bytes from a network need not be text in any encoding; decoding them can fail.",
        Hint = "Expect that decoding or reading a number fails, and answer with an error line then.",
        Run = bench =>
            RefuseAsync(bench, label => NoText.Select(bytes => new Refusal(bytes, label) { Sum = Numeral.Parse("3") })),
    };

    public static readonly Check LongRequest = new()
    {
        Id = "long-request",
        Name = "answers or refuses a request of 5,000 digits",
        Points = 2,
        Extra = true,
        After = AddingLesson.SmallNumbers.Id,
        OnTheWire =
            "Sends two numbers of 5,000 digits together. The sum, an error line and a close are right; then another"
            + " client asks.",
        Teaches =
            "A line has no longest length unless the protocol names one; a server needs a plan for what is too long.",
        Hint = "Let the buffer of a line grow, or refuse a line that is longer than it; never answer to a part of it.",
        Run = bench => RefuseAsync(bench, label => [Long(label)]),
    };

    public static readonly Lesson Value = new()
    {
        Title = "Not everything is a number",
        RestartsQuietly = true,
        IsAboutErrors = true,
        Checks = [Whitespace, MalformedRequest, InvalidBytes, LongRequest],
    };

    private static async Task RefuseAsync(Bench bench, Func<Label, IEnumerable<Refusal>> refusals)
    {
        var addition = Addition.Ordinary(bench, needsNewline: false);
        await bench.AskAsync(addition);
        // A server that ends after every client loses the checks about clients, not these.
        var endsAnyway = await bench.HasEndedAsync();
        foreach (var refusal in refusals(Label.Of(addition.Reply)))
        {
            await bench.AskAsync(refusal);
            if (!endsAnyway)
            {
                await bench.ExpectAliveAsync($"a server that goes on after {Heard.Quote(refusal.Request.Span)}");
            }

            await bench.AskAsync(bench.Next());
        }
    }

    // 5,000 digits in all. Whoever cuts at a round length finds two numbers in the last part, and must not add them.
    private static Refusal Long(Label label)
    {
        const string Second = "123";
        var first = string.Concat(Enumerable.Repeat("1234567890", 500))[..^Second.Length];
        return new Refusal(Encoding.ASCII.GetBytes($"{first} {Second}\n"), label)
        {
            Sum = Numeral.Parse(first) + Numeral.Parse(Second),
        };
    }
}
