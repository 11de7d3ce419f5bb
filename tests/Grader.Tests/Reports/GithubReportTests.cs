using System.Text;
using Grader.Reports;
using Grader.Scoring;
using Grader.Tests.Commands;

namespace Grader.Tests.Reports;

internal sealed class GithubReportTests
{
    private const int MessageLimit = 4096;

    [TestCase(9, 9)]
    [TestCase(10, 10)]
    [TestCase(26, 10)]
    public void At_most_ten_errors_are_annotated_and_the_tenth_counts_the_others(int failed, int annotations)
    {
        var checks = Enumerable.Range(1, failed).Select(number => Failed($"check-{number}"));

        var obeyed = Annotate(course: null, ReportOf("anna", [.. checks]));

        Assert.That(obeyed.Select(command => command.Name), Is.EqualTo(Enumerable.Repeat("error", annotations)));
        Assert.That(
            obeyed[^1].Data,
            failed == 9 ? Does.Contain("passes check-9") : Is.EqualTo($"{failed - 9} more in the summary")
        );
    }

    [Test]
    public void A_class_gets_an_annotation_a_submission_and_errors_come_first()
    {
        var broken = ReportOf("carl") with { Outcome = Grade.Error, Error = "gcc is not installed" };

        var obeyed = Annotate("Course", ReportOf("anna", Failed("one"), Failed("two")), ReportOf("bob"), broken);

        Assert.That(
            obeyed.Select(command => (command.Properties, command.Data)),
            Is.EqualTo([
                ("title=carl%2C echo%3A not graded", "gcc is not installed"),
                ("title=anna%2C echo%3A 0 of 10 points", "failed: one, two"),
            ])
        );
    }

    [TestCase('x')]
    [TestCase('%')]
    [TestCase('\n')]
    [TestCase('é')]
    public void A_message_is_within_the_limit_however_it_is_counted(char character)
    {
        var check = Failed("long") with { Output = ["first", new string(character, 20_000), "last"] };

        var line = GithubAnnotations.Render(Of(null, ReportOf("anna", check)), _ => null).Single();

        var message = line.Split("::", 3)[2];
        Assert.That(Encoding.UTF8.GetByteCount(message), Is.InRange(MessageLimit / 2, MessageLimit));
        Assert.That(message, Does.Match(@"\[\.\.\. [0-9,]+ characters \.\.\.\]"), "what is cut is said");
        Assert.That(message, Does.Contain("first").And.Contain("A hint.").And.EndWith("--verbose"));
    }

    [TestCase("100%0A::error::pwned")]
    [TestCase("a,b:c\r\n::error::pwned")]
    public void Text_of_a_student_stays_within_its_annotation(string text)
    {
        var report = ReportOf(text) with { Outcome = Grade.Error, Error = text };

        var lines = GithubAnnotations.Render(Of("Course", report), _ => text).ToList();

        Assert.That(lines, Has.Count.EqualTo(1));
        var obeyed = RunnerCommands.Obeyed(lines[0]);
        Assert.That(obeyed.Select(command => command.Data), Is.EqualTo([Text.Printable(text)]));
        Assert.That(obeyed[0].Properties.Count(character => character == ','), Is.EqualTo(1));
    }

    [Test]
    public void A_summary_ends_at_a_whole_report_when_no_more_fit()
    {
        var reports = Enumerable.Range(1, 30).Select(number => ReportOf($"student-{number}", Failed("one"))).ToArray();
        var all = GithubSummary.Render(Of("Course", reports), GithubSummary.Limit);
        var room = Encoding.UTF8.GetByteCount(all) * 2 / 3;

        var cut = GithubSummary.Render(Of("Course", reports), room);

        Assert.That(Encoding.UTF8.GetByteCount(cut), Is.LessThanOrEqualTo(room));
        var shown = cut.Split("\n# student-").Length - 1;
        Assert.That(shown, Is.InRange(5, 25));
        Assert.That(
            cut,
            Does.EndWith(
                $"**Again:** `grader check echo . --only one --verbose`\n\n{30 - shown} more reports did not fit into this summary. `--report md=FILE` writes them all.\n"
            )
        );
        Assert.That(all, Does.StartWith(cut[..cut.LastIndexOf($"\n{30 - shown} more", StringComparison.Ordinal)]));
        Assert.That(GithubSummary.Render(Of("Course", reports), room: 0), Is.Empty);
    }

    [Test]
    public void What_stands_in_the_file_counts_for_its_limit()
    {
        using var folder = new Support.TemporaryFolder();
        var path = folder.Write("summary.md", new string('x', (int)GithubSummary.Limit - 5000));
        var reports = Enumerable.Range(1, 30).Select(number => ReportOf($"student-{number}", Failed("one"))).ToArray();

        GithubSummary.Append(path, Of("Course", reports));
        GithubSummary.Append(path, Of("Course", reports));

        Assert.That(new FileInfo(path).Length, Is.InRange(GithubSummary.Limit - 5000, GithubSummary.Limit));
        Assert.That(File.ReadAllText(path), Does.Contain(" more reports did not fit"));
    }

    private static List<RunnerCommand> Annotate(string? course, params Report[] reports) =>
        [.. RunnerCommands.Obeyed(string.Join('\n', GithubAnnotations.Render(Of(course, reports), _ => null)))];

    private static Results Of(string? course, params Report[] reports) =>
        new(course, [.. reports.Select(Gradings.Untimed)]);

    private static Report ReportOf(string student, params CheckReport[] checks) =>
        new()
        {
            Student = student,
            Assignment = "echo",
            Outcome = Grade.Graded,
            Score = 0,
            MaxScore = 10,
            Checks = checks,
        };

    private static CheckReport Failed(string id) =>
        new()
        {
            Id = id,
            Lesson = "Lesson",
            Title = $"passes {id}",
            Outcome = Outcome.Failed,
            MaxPoints = 10,
            Expected = "\"a\"",
            Actual = "\"b\"",
            Teaches = "A truth.",
            Hint = "A hint.",
        };
}
