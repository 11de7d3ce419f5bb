using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Grader.Assignments;
using Grader.Configuration;
using Grader.Tests.Support;
using NJsonSchema;

namespace Grader.Tests.Configuration;

/// <summary>The schema says of a file what the reader says of it.</summary>
internal sealed partial class CourseSchemaTests
{
    private static readonly string Current = Path.Combine(Repository.Root, "src", "Grader", "grading.schema.json");

    private static readonly Lazy<Task<JsonSchema>> Schema = new(() => JsonSchema.FromJsonAsync(CourseSchema.Render()));

    private readonly TemporaryFolder _folder = new();

    [SetUp]
    public void MakeClass()
    {
        _folder.MakeFolder("class");
        _folder.MakeFolder("packages/nuget");
        _folder.Write("roster.csv", "student\nanna\n");
    }

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [Test]
    public async Task The_file_in_the_repository_is_what_the_command_prints()
    {
        var run = await GraderProgram.RunAsync("schema");

        Assert.That(run, Is.EqualTo(new ProgramRun(0, CourseSchema.Render(), "")));
        Assert.That(
            await File.ReadAllTextAsync(Current),
            Is.EqualTo(run.Stdout),
            "Write it anew with: grader schema > src/Grader/grading.schema.json"
        );
    }

    [Test]
    public async Task The_example_at_the_root_names_it_and_is_valid()
    {
        var json = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "grading.json"));

        var named = JsonNode.Parse(json)!["$schema"]!.GetValue<string>();
        Assert.That(Path.GetFullPath(Path.Combine(Repository.Root, named)), Is.EqualTo(Current));
        Assert.That(await ValidateAsync(json), Is.Empty);
    }

    [Test]
    public async Task Every_example_of_the_README_is_valid_and_can_be_read()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var examples = Examples()
            .Matches(readme)
            .Select(match => match.Groups[1].Value)
            .Where(json => json.Contains("\"submissions\"", StringComparison.Ordinal))
            .ToList();

        Assert.That(examples, Is.Not.Empty);
        foreach (var json in examples)
        {
            Assert.That(await ValidateAsync(json), Is.Empty, json);
            Assert.That(() => Read(json), Throws.Nothing, json);
        }
    }

    [TestCase("\"course\": \"x\", \"$schema\": \"./x.json\", \"reports\": \"out\", \"roster\": \"roster.csv\"")]
    [TestCase("\"jobs\": 1, \"sandbox\": \"required\", \"packages\": { \"nuget\": \"packages/nuget\" }")]
    [TestCase("\"jobs\": 64, \"sandbox\": \"off\", \"packages\": {}, \"limits\": {}, \"assignments\": {}")]
    [TestCase("\"limits\": { \"start\": \"0:1\", \"stall\": \"00:00:00.5\", \"check\": \"1.00:00:00\" }")]
    [TestCase("\"limits\": { \"memory\": \"1GB\", \"output\": \" 020 kb \" }")]
    [TestCase("\"assignments\": { \"echo\": { \"points\": { \"unicode\": 0, \"starts\": \"extra\" } } }")]
    [TestCase("\"assignments\": { \"echo\": {} }")]
    [TestCase("\"recipes\": [ { \"match\": \"*.go\", \"build\": [[\"make\"]], \"server\": [\"./a\"] } ]")]
    [TestCase("\"recipes\": [ { \"match\": \"*\", \"server\": [\"a\"], \"client\": [\"b\"], \"stdin\": [\"\"] } ]")]
    public async Task What_the_reader_takes_is_valid(string more)
    {
        var json = Course(more);

        Assert.That(() => Read(json), Throws.Nothing);
        Assert.That(await ValidateAsync(json), Is.Empty);
    }

    [TestCase("\"job\": 3")]
    [TestCase("\"jobs\": 0")]
    [TestCase("\"jobs\": 65")]
    [TestCase("\"jobs\": 2.5")]
    [TestCase("\"course\": \"\"")]
    [TestCase("\"course\": {}, \"jobs\": [4]")]
    [TestCase("\"reports\": \"\"")]
    [TestCase("\"roster\": \"\"")]
    [TestCase("\"sandbox\": \"on\"")]
    [TestCase("\"limits\": \"none\"")]
    [TestCase("\"limits\": { \"stat\": \"00:00:01\" }")]
    [TestCase("\"limits\": { \"start\": 10 }")]
    [TestCase("\"limits\": { \"start\": \"10\" }")]
    [TestCase("\"limits\": { \"start\": \"-00:00:10\" }")]
    [TestCase("\"limits\": { \"start\": \"00:00:00\" }")]
    [TestCase("\"limits\": { \"start\": \"24:00:00\" }")]
    [TestCase("\"limits\": { \"start\": \"00:60:00\" }")]
    [TestCase("\"limits\": { \"memory\": \"512\" }")]
    [TestCase("\"limits\": { \"memory\": \"0MB\" }")]
    [TestCase("\"limits\": { \"memory\": \"1 MiB\" }")]
    [TestCase("\"limits\": { \"memory\": \"10000000MB\" }")]
    [TestCase("\"assignments\": { \"ecco\": {} }")]
    [TestCase("\"assignments\": { \"echo\": { \"point\": {} } }")]
    [TestCase("\"assignments\": { \"echo\": { \"points\": { \"unicod\": 1 } } }")]
    [TestCase("\"assignments\": { \"echo\": { \"points\": { \"unicode\": -4 } } }")]
    [TestCase("\"assignments\": { \"echo\": { \"points\": { \"unicode\": 1001 } } }")]
    [TestCase("\"assignments\": { \"echo\": { \"points\": { \"unicode\": \"bonus\" } } }")]
    [TestCase("\"packages\": { \"pip\": \"x\" }")]
    [TestCase("\"recipes\": [ { \"server\": [\"./a\"] } ]")]
    [TestCase("\"recipes\": [ { \"match\": \"\", \"server\": [\"./a\"] } ]")]
    [TestCase("\"recipes\": [ { \"match\": \"*.go\" } ]")]
    [TestCase("\"recipes\": [ { \"match\": \"*.go\", \"server\": [] } ]")]
    [TestCase("\"recipes\": [ { \"match\": \"*.go\", \"server\": \"./a\" } ]")]
    public async Task What_the_reader_refuses_is_not_valid(string more)
    {
        var json = Course(more);

        Assert.That(() => Read(json), Throws.InstanceOf<UsageException>());
        Assert.That(await ValidateAsync(json), Is.Not.Empty);
    }

    [TestCase("{}")]
    [TestCase("""{ "submissions": "" }""")]
    [TestCase("""{ "submissions": "class" }""")]
    [TestCase("""{ "submissions": "class/{student}/{asignment}" }""")]
    [TestCase("""{ "submissions": "class/{name}/{student}" }""")]
    [TestCase("""{ "submissions": "class/{student/x" }""")]
    public async Task A_file_without_right_submissions_is_not_valid(string json)
    {
        Assert.That(() => Read(json), Throws.InstanceOf<UsageException>());
        Assert.That(await ValidateAsync(json), Is.Not.Empty);
    }

    [Test]
    public void Points_are_those_of_the_catalogue()
    {
        var assignments = JsonNode.Parse(CourseSchema.Render())!["properties"]!["assignments"]![
            "properties"
        ]!.AsObject();

        foreach (var assignment in Catalogue.All)
        {
            var points = assignments[assignment.Id]!["properties"]!["points"]!["properties"]!.AsObject();
            Assert.That(
                points.Select(check => $"{check.Key} {check.Value!["default"]}"),
                Is.EqualTo(assignment.Checks.Select(check => $"{check.Id} {(check.Extra ? "extra" : check.Points)}"))
            );
        }

        Assert.That(assignments, Has.Count.EqualTo(Catalogue.All.Count));
    }

    [Test]
    public void Every_key_is_described_and_a_default_is_what_holds_without_it()
    {
        var limits = JsonSerializer.Serialize(
            CourseSchemaTests.Defaults(JsonNode.Parse(CourseSchema.Render())!["properties"]!["limits"]!)
        );

        var written = Read(Course($"\"limits\": {limits}"));

        Assert.That(written.Grading.Limits, Is.EqualTo(Read(Course("\"jobs\": 4")).Grading.Limits));
        Assert.That(Undescribed(CourseKeys.Root, "$"), Is.Empty);
    }

    private static Dictionary<string, string> Defaults(JsonNode schema) =>
        schema["properties"]!.AsObject().ToDictionary(key => key.Key, key => key.Value!["default"]!.GetValue<string>());

    private static IEnumerable<string> Undescribed(Shape shape, string path) =>
        shape switch
        {
            Shape.Fields fields => fields.Keys.SelectMany(key =>
                (key.Means.EndsWith('.') ? Array.Empty<string>() : [$"{path}.{key.Name}"]).Concat(
                    Undescribed(key.Shape, $"{path}.{key.Name}")
                )
            ),
            Shape.Items items => Undescribed(items.Each, $"{path}[]"),
            _ => [],
        };

    private static string Course(string more) => $$"""{ "submissions": "class/{student}/{assignment}", {{more}} }""";

    private static async Task<IEnumerable<string>> ValidateAsync(string json) =>
        (await Schema.Value).Validate(json).Select(error => error.ToString());

    private Grader.Batch.Course Read(string json) => CourseFile.Read(_folder.Write("grading.json", json));

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
