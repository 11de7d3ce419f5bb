using Grader.Checks;

namespace Grader.Assignments.Sum;

/// <summary>What a sum server is for.</summary>
internal static class AddingLesson
{
    private const string HundredDigits =
        "9876543210987654321098765432109876543210987654321098765432109876543210987654321098765432109876543219";

    public static readonly Check SmallNumbers = new()
    {
        Id = "small-numbers",
        Name = "adds small numbers",
        Points = 15,
        OnTheWire =
            "Asks for 1 2, 0 0, 12 30, 0 7, 9 1 and 123 4567, a connection each, and half-closes after the request.",
        Teaches = "What a socket gives are characters; a program turns them into numbers, adds, and writes characters.",
        Hint = "Take the line apart at its blanks, turn both parts into numbers, and send their sum as text.",
        Run = bench => AddAsync(bench, ("1", "2"), ("0", "0"), ("12", "30"), ("0", "7"), ("9", "1"), ("123", "4567")),
    };

    public static readonly Check NegativeNumbers = new()
    {
        Id = "negative-numbers",
        Name = "adds negative numbers",
        Points = 5,
        OnTheWire = "Asks for -1 1, -5 -7, 5 -12 and -3 10, a connection each, and half-closes after the request.",
        Teaches = "A sign is part of a number, not a mark between two.",
        Hint = "Let the language read the number with its sign; do not look for digits alone.",
        Run = bench => AddAsync(bench, ("-1", "1"), ("-5", "-7"), ("5", "-12"), ("-3", "10")),
    };

    public static readonly Check LargeNumbers = new()
    {
        Id = "large-numbers",
        Name = "adds large whole numbers exactly",
        Points = 5,
        OnTheWire = "Asks for sums just above 2^31, 2^32 and 2^53, and just below 2^63; every digit counts.",
        Teaches = "A type holds numbers up to a bound: 2^31 and 2^32 for 32 bits, 2^53 for a double's whole numbers.",
        Hint = "Use a type of 64 bits or more for whole numbers, and a floating-point type only for others.",
        // No sum leaves 64 bits: that is the matter of big-integers.
        Run = bench =>
            AddAsync(
                bench,
                ("2147483647", "1"),
                ("4294967295", "1"),
                ("9007199254740992", "1"),
                ("9223372036854775800", "7")
            ),
    };

    public static readonly Check Decimals = new()
    {
        Id = "decimals",
        Name = "adds numbers with decimal places",
        Points = 5,
        OnTheWire =
            "Asks for 1.5 2.25, 0.1 0.2, 0.125 1.0625, 100.125 0.875 and 12345.678 0.5678; the first nine digits of a sum"
            + " count.",
        Teaches = "A number need not be whole, and most decimal fractions have no exact binary form.",
        Hint = "Read decimal numbers where a point is in the text; nine right digits are enough.",
        Run = bench =>
            AddAsync(
                bench,
                ("1.5", "2.25"),
                ("0.1", "0.2"),
                ("0.125", "1.0625"),
                ("100.125", "0.875"),
                ("12345.678", "0.5678")
            ),
    };

    public static readonly Check BigIntegers = new()
    {
        Id = "big-integers",
        Name = "adds numbers of a hundred digits",
        Points = 3,
        Extra = true,
        OnTheWire = "Asks for sums of a number of a hundred digits; every digit counts.",
        Teaches = "What arrives as text has no bound of its own; only the type that it is read into has one.",
        Hint = "Use your language's type for whole numbers of any size.",
        Run = bench => AddAsync(bench, (HundredDigits, "1"), (HundredDigits, "12345678901234567890")),
    };

    public static readonly Lesson Value = new()
    {
        Title = "Adding",
        RestartsQuietly = true,
        Checks = [SmallNumbers, NegativeNumbers, LargeNumbers, Decimals, BigIntegers],
    };

    private static async Task AddAsync(Bench bench, params (string First, string Second)[] pairs)
    {
        foreach (var (first, second) in pairs)
        {
            await bench.AskAsync(new Addition(first, second));
        }
    }
}
