using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Grader.Reports;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Reports;

internal sealed class JUnitReportTests
{
    private const string Hostile =
        "nul \0 escape \u001b alone \ud800 and \udc00 no character \ufffe \uffff end ]]> & < \" \r\n 🙂";

    private static readonly Report Unfinished = new()
    {
        Student = "carl",
        Assignment = "echo",
        Outcome = Grade.Error,
        Error = "the limit of the whole run (5m) struck after 1 of 2 checks",
        Checks =
        [
            Check("starts", Outcome.Passed),
            Check("bytes", Outcome.Skipped) with
            {
                Reason = "since the limit of the whole run (5m) struck",
            },
        ],
    };

    [TestCaseSource(typeof(Gradings), nameof(Gradings.All))]
    public async Task Every_kind_of_report_is_valid(string submission) =>
        RequireValid(JUnitReport.Render([await Gradings.GetAsync(submission)]));

    [Test]
    public async Task A_class_is_one_valid_file()
    {
        var all = new List<Graded> { Gradings.Untimed(Unfinished) };
        foreach (var name in Gradings.All)
        {
            all.Add(await Gradings.GetAsync(name));
        }

        var suites = RequireValid(JUnitReport.Render(all)).Elements("testsuite").ToList();

        Assert.That(suites, Has.Count.EqualTo(all.Count));
        Assert.That(suites.Select(suite => (string?)suite.Attribute("name")), Is.Unique);
    }

    [Test]
    public void No_report_at_all_is_a_valid_file() => RequireValid(JUnitReport.Render([]));

    [Test]
    public void What_was_not_finished_is_an_error_beside_the_checks_that_were()
    {
        var suite = RequireValid(JUnitReport.Render([Gradings.Untimed(Unfinished)])).Elements("testsuite").Single();

        Assert.Multiple(() =>
        {
            Assert.That(Counts(suite), Is.EqualTo(("3", "0", "1", "1")));
            Assert.That(
                (string?)suite.Descendants("error").Single().Attribute("message"),
                Is.EqualTo(Unfinished.Error)
            );
            Assert.That(
                (string?)suite.Descendants("skipped").Single().Attribute("message"),
                Is.EqualTo("skipped since the limit of the whole run (5m) struck")
            );
        });
    }

    [Test]
    public void An_error_of_a_check_is_told_once()
    {
        var report = Unfinished with
        {
            Checks = [Check("starts", Outcome.Error) with { Reason = "a fault of the grader: TimeoutException" }],
        };

        var suite = RequireValid(JUnitReport.Render([Gradings.Untimed(report)])).Elements("testsuite").Single();

        Assert.That(Counts(suite), Is.EqualTo(("1", "0", "1", "0")));
    }

    [Test]
    public void Nothing_handed_in_is_a_failure()
    {
        var report = new Report
        {
            Student = "nobody",
            Assignment = "echo",
            Outcome = Grade.Missing,
            Score = 0,
        };

        var suite = RequireValid(JUnitReport.Render([Gradings.Untimed(report)])).Elements("testsuite").Single();

        Assert.That(Counts(suite), Is.EqualTo(("1", "1", "0", "0")));
    }

    [Test]
    public void Only_what_costs_points_that_count_is_a_failure()
    {
        var report = new Report
        {
            Student = "carl",
            Assignment = "echo",
            Outcome = Grade.Graded,
            Checks =
            [
                Check("failed", Outcome.Failed),
                Check("an extra", Outcome.Failed) with
                {
                    Extra = true,
                },
                Check("shown, not counted", Outcome.Failed) with
                {
                    MaxPoints = 0,
                },
                Check("counted as failed", Outcome.Flaky) with
                {
                    Points = 0,
                },
                Check("a flaky extra", Outcome.Flaky) with
                {
                    Points = 0,
                    Extra = true,
                },
            ],
        };

        var suite = RequireValid(JUnitReport.Render([Gradings.Untimed(report)])).Elements("testsuite").Single();

        Assert.That(Counts(suite), Is.EqualTo(("5", "2", "0", "2")));
        Assert.That(
            suite.Descendants("skipped").Select(skipped => ((string?)skipped.Attribute("message"))?.Split(':')[0]),
            Is.EqualTo(["an extra, not earned", "shown, not counted"])
        );
    }

    [Test]
    public async Task The_text_of_a_failure_repeats_its_message()
    {
        var root = RequireValid(JUnitReport.Render([await Gradings.GetAsync(Gradings.Wrong)]));

        var failures = root.Descendants("failure").ToList();
        Assert.That(failures, Is.Not.Empty);
        Assert.That(
            failures.Select(failure => failure.Value.Split('\n')[0]),
            Is.EqualTo(failures.Select(failure => (string?)failure.Attribute("message")))
        );
    }

    [Test]
    public void A_check_has_the_time_that_was_measured()
    {
        var graded = Gradings.Untimed(Unfinished) with
        {
            Timings = new Dictionary<string, double> { ["starts"] = 1234.5678 },
        };

        var root = RequireValid(JUnitReport.Render([graded]));

        Assert.That(
            root.Descendants("testcase").Select(one => (string?)one.Attribute("time")),
            Is.EqualTo(["1234.568", null, null])
        );
    }

    [Test]
    public void Hostile_text_anywhere_is_valid_and_harms_no_other_text()
    {
        var report = new Report
        {
            Student = Hostile,
            Assignment = "echo",
            Outcome = Grade.Error,
            Error = Hostile,
            Recipe = Hostile,
            Checks =
            [
                .. Enum.GetValues<Outcome>()
                    .Select(outcome =>
                        Check($"{outcome}", outcome) with
                        {
                            Title = Hostile,
                            Lesson = Hostile,
                            Expected = Hostile,
                            Actual = Hostile,
                            Server = Hostile,
                            Output = [Hostile],
                            Hint = Hostile,
                            Reason = Hostile,
                        }
                    ),
            ],
            Advice = [new Advice("advice", Hostile)],
        };

        var root = RequireValid(JUnitReport.Render([Gradings.Untimed(report)]));

        var failure = root.Descendants("failure").Single();
        Assert.That(
            (string?)failure.Attribute("message"),
            Does.Contain(@"nul \u{0} escape \u{1b} alone").And.Contain("end ]]> & < \" \\u{d}\\u{a} 🙂")
        );
    }

    [Test]
    public void Only_what_xml_cannot_write_is_removed_and_all_else_is_read_again()
    {
        var text = string.Concat(Enumerable.Range(0, 0x10000).Select(unit => $"{(char)unit}.")) + Hostile;
        var expected = Regex.Replace(
            text,
            @"[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]",
            ""
        );

        var document = Xml.Document(writer =>
        {
            writer.WriteStartElement("root");
            writer.Attribute("attribute", text);
            writer.WriteString(Xml.Legal(text));
            writer.WriteEndElement();
        });

        var root = XDocument.Parse(document, LoadOptions.PreserveWhitespace).Root!;
        Assert.That(root.Value, Is.EqualTo(expected));
        Assert.That((string?)root.Attribute("attribute"), Is.EqualTo(expected));
    }

    private static XElement RequireValid(string xml)
    {
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema };
        settings.Schemas.Add(null, Path.Combine(Repository.Fixture("junit-schema"), "junit-10.xsd"));
        settings.ValidationFlags |= XmlSchemaValidationFlags.ReportValidationWarnings;
        var faults = new List<string>();
        settings.ValidationEventHandler += (_, e) => faults.Add(e.Message);
        using var reader = XmlReader.Create(new StringReader(xml), settings);

        var document = XDocument.Load(reader, LoadOptions.PreserveWhitespace);

        Assert.That(faults, Is.Empty);
        Assert.That(xml, Does.StartWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites "));
        return document.Root!;
    }

    private static (string?, string?, string?, string?) Counts(XElement suite) =>
        (
            (string?)suite.Attribute("tests"),
            (string?)suite.Attribute("failures"),
            (string?)suite.Attribute("errors"),
            (string?)suite.Attribute("skipped")
        );

    private static CheckReport Check(string id, Outcome outcome) =>
        new()
        {
            Id = id,
            Lesson = "Lesson",
            Title = $"passes {id}",
            Outcome = outcome,
            Points = outcome == Outcome.Failed ? 0 : 1,
            MaxPoints = 1,
        };
}
