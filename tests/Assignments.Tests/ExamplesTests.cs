using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Grader.Checks;
using Grader.Scoring;
using Grader.Transcripts;

namespace Grader.Assignments.Tests;

/// <summary>What <c>grader explain</c> shows was seen, and is what is seen today.</summary>
internal sealed partial class ExamplesTests
{
    private const string AutoAccept = "Verify_AutoAccept";
    private const int First = 44;
    private const int Last = 6;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    // Which client comes first, and how much passes in a time, is decided by chance.
    private static readonly string[] DecidedByChance = ["bounded-memory", "simultaneous-clients"];

    private static IEnumerable<Assignment> Assignments => Catalogue.All;

    [TestCaseSource(nameof(Assignments))]
    public async Task The_examples_are_what_is_seen_today(Assignment assignment)
    {
        if (Hosting.Hosts.Mode != Hosting.HostMode.OwnNetwork)
        {
            Assert.Ignore("needs networks of its own");
        }

        var seen = await SeeAsync(assignment);
        var told = await ReadAsync(assignment);
        if (Environment.GetEnvironmentVariable(AutoAccept) == "1")
        {
            // What differs by chance alone stays as it was.
            told = seen.ToDictionary(
                pair => pair.Key,
                pair => told.GetValueOrDefault(pair.Key) is { } old && IsSame(old, pair) ? old : pair.Value
            );
            await File.WriteAllTextAsync(PathOf(assignment), JsonSerializer.Serialize(told, Options) + "\n");
        }

        Assert.That(told.Keys, Is.EqualTo(assignment.Checks.Select(check => check.Id)));
        var changed = seen.Where(pair => !IsSame(told[pair.Key], pair)).ToDictionary();
        Assert.That(
            changed.Keys,
            Is.Empty,
            $"Run this test with {AutoAccept}=1 in the environment, and read the change.\n"
                + JsonSerializer.Serialize(changed, Options)
        );
    }

    private static async Task<Dictionary<string, Example>> ReadAsync(Assignment assignment) =>
        JsonSerializer.Deserialize<Dictionary<string, Example>>(
            await File.ReadAllTextAsync(PathOf(assignment)),
            Options
        )!;

    private static bool IsSame(Example told, KeyValuePair<string, Example> seen) =>
        DecidedByChance.Contains(seen.Key) || Compared(told) == Compared(seen.Value);

    // How far a long stream came, and whether FIN or RST ended a connection with bytes unread, is a matter of timing.
    private static string Compared(Example example) =>
        Amounts()
            .Replace(JsonSerializer.Serialize(example, Options), "")
            .Replace("< reset", "< end of file", StringComparison.Ordinal);

    [GeneratedRegex(@"\[\.\.\. [0-9,]+ bytes \.\.\.\]")]
    private static partial Regex Amounts();

    private static async Task<Dictionary<string, Example>> SeeAsync(Assignment assignment)
    {
        var reference = Path.Combine(Repository.Root, "reference", assignment.Homework, "python");
        var right = await Zoo.GradeWholeOnceAsync(
            Zoo.Right.Single(server => server.Assignment == assignment && server.Folder == reference)
        );
        var examples = new Dictionary<string, Example>();
        foreach (var group in assignment.Checks.GroupBy(check => FindWrong(assignment, check)))
        {
            var wrong = await Zoo.GradeFolderAsync(assignment, group.Key, group.Select(check => check.Id).ToHashSet());
            foreach (var check in group)
            {
                var report = wrong.Report.Checks.Single(report => report.Id == check.Id);
                Assert.That(report.Outcome, Is.EqualTo(Outcome.Failed), $"{group.Key}, {check.Id}");
                examples[check.Id] = new Example(
                    Shorten(right.Transcripts[check.Id]),
                    Shorten(wrong.Transcripts.GetValueOrDefault(check.Id, [])),
                    Path.GetFileName(group.Key),
                    report.Expected!,
                    report.Actual!
                );
            }
        }

        return assignment.Checks.ToDictionary(check => check.Id, check => examples[check.Id]);
    }

    // The server with the fewest other bugs shows it best, if it is no matter of time.
    private static string FindWrong(Assignment assignment, Check check) =>
        Zoo
            .Wrong.Where(server => server.Assignment == assignment && server.Fails.Contains(check.Id))
            .OrderBy(server => server.GoesByAClock)
            .ThenBy(server => server.Fails.Count)
            .First()
            .Folder;

    private static List<string> Shorten(IReadOnlyList<TranscriptLine> lines)
    {
        var left = lines.Count - First - Last;
        return left <= 1
            ? [.. lines.Select(line => line.Text)]
            :
            [
                .. lines.Take(First).Select(line => line.Text),
                $"[... {Text.Count(left, "event")} ...]",
                .. lines.TakeLast(Last).Select(line => line.Text),
            ];
    }

    private static string PathOf(Assignment assignment) =>
        Path.Combine(Repository.Root, "assignments", Examples.FolderOf(assignment), "examples.json");
}
