using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Grader.Configuration;

/// <summary>The JSON schema of grading.json, made of <see cref="CourseKeys"/>.</summary>
/// <remarks>Of draft 7, the last that VS Code supports without a reservation.</remarks>
internal static class CourseSchema
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Render() =>
        Join(
                new JsonObject
                {
                    ["$schema"] = "http://json-schema.org/draft-07/schema#",
                    ["title"] = "grading.json: a course, and how it is graded",
                    // VS Code's own; the grader allows both as well.
                    ["allowComments"] = true,
                    ["allowTrailingCommas"] = true,
                },
                Describe(CourseKeys.Root)
            )
            .ToJsonString(Options) + "\n";

    private static JsonObject Describe(Shape shape) =>
        shape switch
        {
            Shape.Line => new() { ["type"] = "string" },
            Shape.Words words => Join(
                new() { ["type"] = "string", ["minLength"] = 1 },
                words.Expression is { } expression ? Pattern(expression, words.Remedy) : [],
                words.Default is { } usual ? new() { ["default"] = usual } : []
            ),
            Shape.Whole whole => Join(
                new()
                {
                    ["type"] = "integer",
                    ["minimum"] = whole.Least,
                    ["maximum"] = whole.Most,
                },
                whole.Default is { } usual ? new() { ["default"] = usual } : []
            ),
            Shape.Choice choice => new() { ["enum"] = Names(choice.Values), ["default"] = choice.Default },
            Shape.Duration time => Join(
                new() { ["type"] = "string" },
                Pattern(Shape.DurationExpression, time.Remedy),
                new() { ["default"] = time.Default.ToString("c") }
            ),
            Shape.Delay delay => Join(new() { ["type"] = "string" }, Pattern(Shape.DelayExpression, delay.Remedy)),
            Shape.Moment moment => Join(new() { ["type"] = "string" }, Pattern(Instant.Expression, moment.Remedy)),
            Shape.Size size => Join(
                new() { ["type"] = "string" },
                Pattern(Shape.SizeExpression, size.Remedy),
                new() { ["default"] = $"{size.Default / 1_000_000}MB" }
            ),
            Shape.Worth worth => new()
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = "integer",
                        ["minimum"] = 0,
                        ["maximum"] = Shape.Worth.Most,
                    },
                    new JsonObject { ["enum"] = Names([Shape.Worth.Extra]) }
                ),
                ["default"] = worth.IsExtra ? Shape.Worth.Extra : worth.Points,
            },
            Shape.Items items => Join(
                new() { ["type"] = "array", ["items"] = Describe(items.Each) },
                items.AtLeast > 0 ? new() { ["minItems"] = items.AtLeast } : []
            ),
            Shape.Fields fields => Join(
                new()
                {
                    ["type"] = "object",
                    ["additionalProperties"] = false,
                    ["properties"] = new JsonObject(
                        fields.Keys.Select(key => KeyValuePair.Create<string, JsonNode?>(key.Name, Describe(key)))
                    ),
                },
                fields.Keys.Any(key => key.IsRequired)
                    ? new() { ["required"] = Names(fields.Keys.Where(key => key.IsRequired).Select(key => key.Name)) }
                    : []
            ),
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };

    private static JsonObject Describe(Key key) =>
        Join(new JsonObject { ["description"] = key.Means }, Describe(key.Shape));

    // The message is VS Code's own: it is shown instead of the expression.
    private static JsonObject Pattern(string expression, string message) =>
        new() { ["pattern"] = expression, ["patternErrorMessage"] = message };

    private static JsonObject Join(params JsonObject[] parts) =>
        new(parts.SelectMany(part => part).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));

    private static JsonArray Names(IEnumerable<string> names) =>
        [.. names.Select(name => (JsonNode)JsonValue.Create(name))];
}
