using System.Globalization;
using System.Text;
using Grader.Assignments.Sum;
using Grader.Checks;

namespace Grader.Assignments.SumClient;

/// <summary>Two numbers for a client to send, and the number that our server replies.</summary>
/// <param name="first">A decimal number.</param>
/// <param name="second">Likewise.</param>
/// <param name="reply">The number that is replied; null for their sum.</param>
internal sealed class SumErrand(string first, string second, string? reply = null)
    : Errand([new KeyValuePair<string, string>("a", first), new KeyValuePair<string, string>("b", second)])
{
    // Enough for what a client says beside the numbers, such as a date.
    private const int MostNumbers = 64;

    private readonly Numeral _first = Numeral.Parse(first);
    private readonly Numeral _second = Numeral.Parse(second);
    private readonly string _reply = reply ?? $"{Numeral.Parse(first) + Numeral.Parse(second)}";

    /// <summary>Two numbers of two digits each; another number than their sum is six digits long.</summary>
    public static Errand Next(Bench bench, bool isTrue) =>
        new SumErrand(
            $"{10 + bench.Number(90)}",
            $"{10 + bench.Number(90)}",
            isTrue ? null : (100_000 + bench.Number(900_000)).ToString(CultureInfo.InvariantCulture)
        );

    public override string Request => $"both numbers, {first} and {second}";

    public override string Reply => $"the number {_reply} on standard output";

    public override bool IsWhole(ReadOnlySpan<byte> request) => IsRight(request);

    public override bool IsRight(ReadOnlySpan<byte> request)
    {
        var numbers = FindIn(request).ToList();
        var one = numbers.FindIndex(number => number.Is(_first));
        if (one < 0)
        {
            return false;
        }

        numbers.RemoveAt(one);
        return numbers.Exists(number => number.Is(_second));
    }

    public override byte[] ReplyTo(ReadOnlySpan<byte> request) => Encoding.ASCII.GetBytes($"{_reply}\n");

    public override bool IsTold(ReadOnlySpan<byte> output)
    {
        var told = Numeral.Parse(_reply);
        return FindIn(output).Any(number => told.IsInteger ? number.Is(told) : number.IsNear(told));
    }

    public override bool IsHalfTold(ReadOnlySpan<byte> output)
    {
        var digits = Enumerable.Range(1, _reply.Length - 1).Select(length => Numeral.Parse(_reply[..length])).ToList();
        return FindIn(output).Any(number => digits.Exists(number.Is));
    }

    // Who prints each piece by itself has read all of them.
    public override bool IsBegun(ReadOnlySpan<byte> output) =>
        IsHalfTold(output)
        && !string.Concat(Encoding.Latin1.GetString(output).Where(char.IsAsciiDigit))
            .Contains(string.Concat(_reply.Where(char.IsAsciiDigit)), StringComparison.Ordinal);

    public override bool IsOwn(ReadOnlySpan<byte> output)
    {
        var sum = _first + _second;
        return !Numeral.Parse(_reply).Is(sum) && FindIn(output).Any(sum.Is);
    }

    protected override ReadOnlySpan<byte> Printed => Encoding.ASCII.GetBytes(_reply);

    private static IReadOnlyList<Numeral> FindIn(ReadOnlySpan<byte> bytes) =>
        Numeral.FindIn(Encoding.Latin1.GetString(bytes), MostNumbers);
}
