using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Grader.Assignments.Sum;

/// <summary>A decimal number, exactly: <c>Digits</c> times ten to the power of <c>-Places</c>.</summary>
internal readonly partial record struct Numeral(BigInteger Digits, int Places)
{
    private const int Most = 4;

    // A reply may claim 1e999999999.
    private const int MostPlaces = 20_000;

    // "Compared as numbers, to nine digits."
    private static readonly BigInteger Precision = BigInteger.Pow(10, 9);

    /// <summary>Every number in a text, each written in full or with an exponent.</summary>
    /// <param name="text">Of anybody.</param>
    /// <param name="most">By default as many as tell that there are too many: each may cost a while.</param>
    public static IReadOnlyList<Numeral> FindIn(string text, int most = Most) =>
        [.. Pattern().Matches(text).Take(most).Select(Read)];

    public static Numeral Parse(string text) => Read(Pattern().Match(text));

    public static Numeral operator +(Numeral a, Numeral b)
    {
        var (x, y, places) = Align(a, b);
        return new Numeral(x + y, places);
    }

    public bool IsInteger => Digits % BigInteger.Pow(10, Places) == 0;

    public bool Is(Numeral other)
    {
        var (x, y, _) = Align(this, other);
        return x == y;
    }

    /// <summary>Whether it is the other number to nine digits.</summary>
    public bool IsNear(Numeral other) => IsWithin(other, Precision);

    /// <summary>Whether it differs from the other number by at most one part in so many.</summary>
    public bool IsWithin(Numeral other, BigInteger parts)
    {
        var (x, y, _) = Align(this, other);
        return BigInteger.Abs(x - y) * parts <= BigInteger.Abs(y);
    }

    public override string ToString()
    {
        var digits = BigInteger.Abs(Digits).ToString(CultureInfo.InvariantCulture).PadLeft(Places + 1, '0');
        var sign = Digits.Sign < 0 ? "-" : "";
        var fraction = digits[^Places..].TrimEnd('0');
        return $"{sign}{digits[..^Places]}{(fraction.Length > 0 ? "." : "")}{fraction}";
    }

    private static Numeral Read(Match match)
    {
        var whole = match.Groups["whole"].Value;
        var fraction = match.Groups["fraction"].Value;
        var digits = BigInteger.Parse($"{whole}{fraction}", CultureInfo.InvariantCulture);
        var signed = match.Groups["sign"].Value == "-" ? -digits : digits;
        var exponent = 0;
        var isReadable =
            match.Groups["exponent"] is not { Success: true } group
            || int.TryParse(group.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
        var places = (long)fraction.Length - exponent;
        // What is beyond all that is asked for equals nothing that is.
        return !isReadable || Math.Abs(places) > MostPlaces ? new Numeral(BigInteger.One, MostPlaces)
            : places >= 0 ? new Numeral(signed, (int)places)
            : new Numeral(signed * BigInteger.Pow(10, (int)-places), 0);
    }

    private static (BigInteger A, BigInteger B, int Places) Align(Numeral a, Numeral b)
    {
        var places = Math.Max(a.Places, b.Places);
        return (
            a.Digits * BigInteger.Pow(10, places - a.Places),
            b.Digits * BigInteger.Pow(10, places - b.Places),
            places
        );
    }

    // Digits that are part of a word or of a version are no number: server2, 1.2.3.
    [GeneratedRegex(
        @"(?:(?<sign>[+-])|(?<![A-Za-z0-9_.]))(?:(?<whole>[0-9]+)(?:\.(?<fraction>[0-9]+))?|\.(?<fraction>[0-9]+))(?:[eE](?<exponent>[+-]?[0-9]+))?(?![A-Za-z0-9_]|\.[0-9])"
    )]
    private static partial Regex Pattern();
}
