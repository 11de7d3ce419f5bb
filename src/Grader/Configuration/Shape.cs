using System.Diagnostics.CodeAnalysis;

namespace Grader.Configuration;

/// <summary>What a key of grading.json may hold; the reader holds values to it, and the schema tells it to editors.</summary>
internal abstract record Shape
{
    // Days are one digit, since a timer runs for 49 days at most.
    [StringSyntax(StringSyntaxAttribute.Regex)]
    public const string DurationExpression =
        @"^(?=.*[1-9])([0-9]\.)?([01]?[0-9]|2[0-3]):[0-5]?[0-9](:[0-5]?[0-9](\.[0-9]{1,7})?)?$";

    [StringSyntax(StringSyntaxAttribute.Regex)]
    public const string DelayExpression = @"^([0-9]{1,3}\.)?([01]?[0-9]|2[0-3]):[0-5]?[0-9](:[0-5]?[0-9])?$";

    [StringSyntax(StringSyntaxAttribute.Regex)]
    public const string SizeExpression = @"^\s*0*([1-9][0-9]{0,5})\s*([KkMmGg])[Bb]\s*$";

    /// <summary>What a person is told to write instead of something wrong.</summary>
    public abstract string Remedy { get; }

    /// <summary>Any text, an empty one as well.</summary>
    public sealed record Line : Shape
    {
        public override string Remedy => "give a text";
    }

    /// <summary>A text that is not empty.</summary>
    public sealed record Words(string Instead) : Shape
    {
        public override string Remedy => Instead;

        public string? Default { get; init; }

        /// <summary>A regular expression of which a part of the text must be an example.</summary>
        public string? Expression { get; init; }
    }

    public sealed record Whole(int Least, int Most, int? Default = null) : Shape
    {
        public override string Remedy => $"it must be a whole number from {Least} to {Most}";
    }

    public sealed record Choice(IReadOnlyList<string> Values, string Default) : Shape
    {
        public override string Remedy =>
            $"it must be {string.Join(", ", Values.SkipLast(1).Select(Quote))} or {Quote(Values[^1])}";
    }

    public sealed record Duration(TimeSpan Default) : Shape
    {
        public override string Remedy => "it must be a time longer than zero, for example \"00:00:10\" for ten seconds";
    }

    /// <summary>How long after something else, at once included.</summary>
    public sealed record Delay : Shape
    {
        public override string Remedy =>
            "it must be a time, for example \"00:00\" for at once, or \"2.00:00\" for two days";
    }

    /// <summary>A time that is the same everywhere.</summary>
    public sealed record Moment : Shape
    {
        public override string Remedy => Instant.Remedy;
    }

    public sealed record Size(long Default) : Shape
    {
        public override string Remedy => "it must be a number with a unit, for example \"512MB\"";
    }

    /// <summary>What a check is worth: a number of points, or the word for a bonus.</summary>
    public sealed record Worth(int Points, bool IsExtra) : Shape
    {
        public const string Extra = "extra";
        public const int Most = 1000;

        public override string Remedy => "give a number of points, 0 to show only, or \"extra\"";
    }

    /// <summary>An object that may have these keys and no others.</summary>
    public sealed record Fields(IReadOnlyList<Key> Keys) : Shape
    {
        public override string Remedy => "it must be a list or an object";
    }

    public sealed record Items(Shape Each, string Instead = "it must be a list or an object") : Shape
    {
        public override string Remedy => Instead;

        public int AtLeast { get; init; }
    }

    private static string Quote(string value) => $"\"{value}\"";
}
