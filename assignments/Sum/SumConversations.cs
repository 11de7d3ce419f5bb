using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Grader.Checks;
using Grader.Fuzzing;

namespace Grader.Assignments.Sum;

/// <summary>Requests to add numbers of every kind that the handout tells; each gets its sum, in order.</summary>
internal static partial class SumConversations
{
    // So many digits fit into 64 bits, with a sign and a carry.
    private const int MostDigits = 18;

    private static readonly string[] Blanks = [" ", " ", " ", "  ", "\t", " \t "];

    private static readonly string[] Ends = ["\n", "\n", "\n", "\r\n"];

    public static ConversationModel Value { get; } =
        new()
        {
            Message =
                from numbers in Gen.Frequency(
                    (4, Gen.Choose(-99, 99).Select(Tell).ListOf(2)),
                    (2, Whole().ListOf(2)),
                    (2, Decimal().ListOf(2))
                )
                from blanks in Gen.Elements(Blanks)
                from end in Gen.Elements(Ends)
                select Encoding.ASCII.GetBytes($"{numbers[0]}{blanks}{numbers[1]}{end}"),
            Read = Read,
        };

    private static string Tell(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Gen<string> Whole() =>
        from count in Gen.Choose(1, MostDigits)
        from sign in Gen.Elements("", "-")
        from first in Gen.Choose(1, 9)
        from digits in Gen.Choose(0, 9).ListOf(count - 1)
        select $"{sign}{first}{string.Concat(digits)}";

    // No signs: in a difference of decimals the nine digits that count may be lost.
    private static Gen<string> Decimal() =>
        from whole in Gen.Choose(0, 9999)
        from places in Gen.Choose(0, 3)
        from digits in Gen.Choose(0, 9).ListOf(places)
        select $"{whole}{(places > 0 ? "." : "")}{string.Concat(digits)}";

    private static IReadOnlyList<Exchange>? Read(ReadOnlyMemory<byte> bytes)
    {
        var text = Encoding.Latin1.GetString(bytes.Span);
        var lines = text[..(text.LastIndexOf('\n') + 1)];
        var matches = Request().Matches(lines);
        return matches.Sum(match => match.Length) == lines.Length
            ?
            [
                .. matches.Select(match => new Addition(
                    match.Groups["first"].Value,
                    match.Groups["second"].Value,
                    match.Value
                )
                {
                    NeedsNewline = true,
                }),
            ]
            : null;
    }

    // Two whole numbers, or two without a sign.
    [GeneratedRegex(
        @"\G(?:(?<first>-?(?:0|[1-9][0-9]{0,17}))[ \t]+(?<second>-?(?:0|[1-9][0-9]{0,17}))"
            + @"|(?<first>(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,3})?)[ \t]+(?<second>(?:0|[1-9][0-9]{0,3})(?:\.[0-9]{1,3})?))\r?\n"
    )]
    private static partial Regex Request();
}
