using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Grader.Scoring;

namespace Grader.Reports;

/// <summary>The report as data, <c>grader/report/v1</c>; README.md beside this file says what every field means.</summary>
public static partial class JsonReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static string Render(Report report) => Serialize(report);

    /// <summary>The reports of a course, <c>grader/reports/v1</c>.</summary>
    public static string Render(IReadOnlyList<Report> reports) =>
        Serialize(new { Schema = "grader/reports/v1", reports });

    /// <returns>The report, or null when the text is none of this version.</returns>
    public static Report? Parse(string json)
    {
        try
        {
            var report = JsonSerializer.Deserialize<Report>(json, Options);
            return report?.Schema == Report.SchemaName ? report : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Seconds by phase and check.</summary>
    public static string Render(IReadOnlyDictionary<string, double> timings) =>
        Serialize(timings.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value, 3)));

    /// <returns>The timings; none when the text is broken.</returns>
    public static IReadOnlyDictionary<string, double> ParseTimings(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, double>>(json, Options) ?? [];
        }
        catch (JsonException)
        {
            return new Dictionary<string, double>();
        }
    }

    private static string Serialize<T>(T value) =>
        Steering().Replace(JsonSerializer.Serialize(value, Options), EscapeUnits) + "\n";

    private static string EscapeUnits(Match match) => string.Concat(match.Value.Select(unit => $"\\u{(int)unit:x4}"));

    // What could turn the direction of writing where the file is shown; inside JSON it stands in strings alone.
    [GeneratedRegex(@"[\p{Cf}\p{Zl}\p{Zp}]|\udb40[\udc00-\udc7f]")]
    private static partial Regex Steering();
}
