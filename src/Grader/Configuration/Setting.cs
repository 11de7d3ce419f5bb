using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Grader.Configuration;

/// <summary>A place in the configuration, and what may stand there.</summary>
internal sealed class Setting(IConfigurationRoot root, string file, string key, Shape shape)
{
    public const string Prefix = "GRADER_";

    // Of all such variables the one that says where students' servers are reached, and nothing of the course.
    private const string Reserved = "HOST";

    private IConfigurationSection Section => root.GetSection(key);

    private string Remedy => shape.Remedy;

    public string Name => key[(key.LastIndexOf(':') + 1)..];

    /// <summary>A key of an object, which may be there or not.</summary>
    public Setting this[string name] => At(((Shape.Fields)shape).Keys.Single(known => known.Name == name));

    /// <summary>The keys of an object that are there.</summary>
    public IEnumerable<Setting> Fields() =>
        Children()
            .Where(child => !IsReserved(child))
            .Select(child => Find(child) ?? throw Unknown(child))
            .Select(At)
            .ToList();

    /// <summary>The elements of a list.</summary>
    public IReadOnlyList<Setting> Items() =>
        [.. Children().Select(child => new Setting(root, file, child.Path, ((Shape.Items)shape).Each))];

    /// <summary>Finds what is unknown, everywhere below this place.</summary>
    /// <exception cref="UsageException">Something is.</exception>
    public void RequireKnown()
    {
        foreach (
            var child in shape is Shape.Fields ? Fields()
            : shape is Shape.Items ? Items()
            : []
        )
        {
            child.RequireKnown();
        }
    }

    public string? Text()
    {
        if (Section.Value is not { } value)
        {
            return Section.GetChildren().Any() ? throw Wrong("is a list or an object", "it must be one value") : null;
        }

        return value.Length == 0 && shape is Shape.Words ? throw Refuse(value) : value;
    }

    public string RequiredText() => Text() ?? throw Missing();

    public List<string> Texts() =>
        [.. Items().Select(item => item.Text() ?? throw item.Wrong("is empty", item.Remedy))];

    public List<string> RequiredTexts() => Texts() is { Count: > 0 } texts ? texts : throw Missing();

    public string? Choice() =>
        Text() is not { } text
            ? null
            : ((Shape.Choice)shape).Values.FirstOrDefault(value =>
                string.Equals(value, text, StringComparison.OrdinalIgnoreCase)
            ) ?? throw Refuse(text);

    public int? Integer() => Text() is not { } text ? null : Parse(text, (Shape.Whole)shape);

    public TimeSpan? Duration() => Text() is not { } text ? null : ParseSpan(text, Shape.DurationExpression);

    public TimeSpan Delay() => ParseSpan(RequiredText(), Shape.DelayExpression);

    public DateTimeOffset? Moment() => Text() is not { } text ? null : Instant.TryParse(text) ?? throw Refuse(text);

    public DateTimeOffset RequiredMoment() => Moment() ?? throw Missing();

    public int RequiredInteger() => Integer() ?? throw Missing();

    public long? Size()
    {
        if (Text() is not { } text)
        {
            return null;
        }

        var match = Regex.Match(text, Shape.SizeExpression);
        return match.Success
            ? long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)
                * (
                    match.Groups[2].Value.ToUpperInvariant() switch
                    {
                        "K" => 1_000,
                        "M" => 1_000_000,
                        _ => 1_000_000_000L,
                    }
                )
            : throw Refuse(text);
    }

    public Scoring.Worth Worth()
    {
        var usual = (Shape.Worth)shape;
        var text = Text() ?? throw Wrong("is empty", usual.Remedy);
        return text == Shape.Worth.Extra
            ? new Scoring.Worth(usual.Points, IsExtra: true)
            : new Scoring.Worth(Parse(text, new Shape.Whole(0, Shape.Worth.Most, usual.Points)), IsExtra: false);
    }

    public UsageException Wrong(string what, string remedy) =>
        new(
            IsFromEnvironment(key)
                ? $"environment: {Prefix}{key.Replace(":", "__", StringComparison.Ordinal)} {what}"
                : $"{file}: {key.Replace(':', '.')} {what}",
            remedy
        );

    private TimeSpan ParseSpan(string text, string expression) =>
        Regex.IsMatch(text, expression) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Refuse(text);

    private int Parse(string text, Shape.Whole whole) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
        && value >= whole.Least
        && value <= whole.Most
            ? value
            : throw Wrong($"is \"{text}\"", whole.Remedy);

    private IEnumerable<IConfigurationSection> Children()
    {
        if (key.Length > 0 && Section.Value is { Length: > 0 } value)
        {
            throw Wrong($"is \"{value}\"", "it must be a list or an object");
        }

        return key.Length == 0 ? root.GetChildren() : Section.GetChildren();
    }

    private Setting At(Key known) => new(root, file, key.Length == 0 ? known.Name : $"{key}:{known.Name}", known.Shape);

    private Key? Find(IConfigurationSection child) =>
        ((Shape.Fields)shape).Keys.FirstOrDefault(known =>
            string.Equals(known.Name, child.Key, StringComparison.OrdinalIgnoreCase)
        );

    private UsageException Unknown(IConfigurationSection child) =>
        new Setting(root, file, child.Path, shape).Wrong(
            "is unknown",
            Suggestion.Remedy(child.Key, ((Shape.Fields)shape).Keys.Select(known => known.Name))
        );

    private UsageException Missing() => Wrong("is missing", Remedy);

    private UsageException Refuse(string text) => Wrong($"is \"{text}\"", Remedy);

    private bool IsReserved(IConfigurationSection child) =>
        child.Path == Reserved && root.Providers.Last().TryGet(Reserved, out _);

    private bool IsFromEnvironment(string path)
    {
        var environment = root.Providers.Last();
        return environment.TryGet(path, out _) || environment.GetChildKeys([], path).Any();
    }
}
