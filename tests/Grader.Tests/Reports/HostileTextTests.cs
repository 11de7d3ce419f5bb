using Grader.Reports;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Reports;

/// <summary>What students choose, folder names and output, must stay text in every format.</summary>
internal sealed class HostileTextTests
{
    private const string Hostile =
        "\u001b[2J\u0007\u202egpj.exe ``` ~~~ | <img src=x> [click](javascript:x) **b** ]]>\r\n# h";

    private static readonly Report Report = new()
    {
        Student = $"=1+1 {Hostile}",
        Assignment = "echo",
        Outcome = Grade.Error,
        Error = Hostile,
        Checks =
        [
            new CheckReport
            {
                Id = "starts",
                Lesson = "It runs",
                Title = "starts",
                Outcome = Outcome.Failed,
                Expected = Hostile,
                Actual = Hostile,
                Server = Hostile,
                Output = [Text.Printable(Hostile)],
                Teaches = "A truth.",
                Hint = Hostile,
            },
        ],
        Advice = [new Advice("advice", Text.Printable(Hostile))],
    };

    private static readonly TestCaseData<string>[] Formats =
    [
        new(TextReport.Render(Report)) { TestName = "{m}(text)" },
        new(MarkdownReport.Render(Report)) { TestName = "{m}(markdown)" },
        new(JsonReport.Render(Report)) { TestName = "{m}(json)" },
        new(JUnitReport.Render([Gradings.Untimed(Report)])) { TestName = "{m}(junit)" },
        new(GradesCsv.Render([Report])) { TestName = "{m}(csv)" },
        new(SummaryReport.Render("Course", [Report])) { TestName = "{m}(summary)" },
        new(SummaryReport.Render(Hostile, [Report])) { TestName = "{m}(summary, course)" },
    ];

    [TestCaseSource(nameof(Formats))]
    public void Nothing_steers_a_terminal_or_turns_the_direction_of_writing(string rendered)
    {
        Assert.That(rendered, Has.None.Matches<char>(character => char.IsControl(character) && character != '\n'));
        Assert.That(rendered, Does.Not.Contain("\u202e"));
    }

    [Test]
    public void A_formula_in_a_gradebook_is_text()
    {
        string[] names = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1"];

        var rows = GradesCsv.Render([.. names.Select(name => Report with { Student = name })]).Split('\n')[1..^1];

        Assert.That(rows, Has.Length.EqualTo(names.Length));
        Assert.That(rows, Has.None.Matches("^\"?[=+@-]"));
    }

    [Test]
    public void A_row_of_a_gradebook_stays_one_row()
    {
        var csv = GradesCsv.Render([Report with { Student = "a,\"b\"\nc" }]);

        Assert.That(csv.Split('\n'), Has.Length.EqualTo(3));
        Assert.That(csv.Split('\n')[1], Does.StartWith("\"a,\"\"b\"\"").And.EndsWith(",echo,,0,,error"));
    }

    [Test]
    public void Markdown_of_a_student_is_text_outside_of_code_blocks()
    {
        var outside = OutsideOfCode(MarkdownReport.Render(Report));

        Assert.Multiple(() =>
        {
            Assert.That(outside, Does.Contain(@"\[click\]"));
            Assert.That(outside, Does.Not.Match(@"(?<!\\)<img"));
            Assert.That(outside, Does.Not.Match(@"(?<!\\)\[click"));
            Assert.That(outside, Does.Not.Match(@"(?<!\\)\*\*b"));
            Assert.That(outside, Does.Not.Contain("\n# h"));
        });
    }

    [Test]
    public void A_code_block_ends_where_we_end_it()
    {
        var lines = MarkdownReport.Render(Report).Split('\n');

        var fences = lines.Where(line => line.StartsWith("````", StringComparison.Ordinal)).ToList();
        Assert.That(fences, Is.EqualTo(["````text", "````"]), "four backticks, since the text has three");
    }

    [Test]
    public void A_summary_keeps_its_columns()
    {
        var table = SummaryReport
            .Render("Course", [Report])
            .Split('\n')
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Replace("\\|", "", StringComparison.Ordinal).Count(character => character == '|'))
            .ToList();

        Assert.That(table, Has.Count.EqualTo(3));
        Assert.That(table, Is.All.EqualTo(table[0]));
    }

    [Test]
    public async Task A_server_s_hostile_output_is_harmless_from_end_to_end()
    {
        var graded = await TinySuite.GradeAsync(
            Repository.Fixture("writes-hostile-text"),
            TinySuite.Of(TinySuite.Starts)
        );

        Assert.That(
            graded.Report.Checks[0].Output,
            Is.EqualTo([
                "\\u{1b}[2J\\u{1b}]0;owned\\u{7} \\u{202e}gpj.exe ``` | <img src=x> [click](http://example.invalid)",
                "=1+1",
                string.Concat(Enumerable.Repeat("long ", 60)),
            ])
        );
        Assert.That(
            graded.ServerLog,
            Has.None.Matches<char>(character => char.IsControl(character) && character != '\n')
        );
    }

    private static string OutsideOfCode(string markdown)
    {
        var isOutside = true;
        var kept = new List<string>();
        foreach (var line in markdown.Split('\n'))
        {
            if (line.StartsWith("````", StringComparison.Ordinal))
            {
                isOutside = !isOutside;
            }
            else if (isOutside)
            {
                kept.Add(line);
            }
        }

        return string.Join('\n', kept);
    }
}
