using System.Xml;
using Grader.Scoring;

namespace Grader.Reports;

/// <summary>The reports of a run as JUnit XML, for CI systems: a suite for each report, a case for each check.</summary>
/// <remarks>Only the times, which are measured, differ from run to run.</remarks>
public static class JUnitReport
{
    public static string Render(IReadOnlyList<Graded> all)
    {
        var suites = all.Select(MakeSuite).ToList();
        var cases = suites.SelectMany(suite => suite.Cases).ToList();
        return Xml.Document(writer =>
        {
            writer.WriteStartElement("testsuites");
            writer.Attribute("name", "grader");
            writer.Attribute("tests", cases.Count);
            writer.Attribute("failures", cases.Count(Is("failure")));
            writer.Attribute("errors", cases.Count(Is("error")));
            foreach (var suite in suites)
            {
                Write(writer, suite);
            }

            writer.WriteEndElement();
        });
    }

    private static Suite MakeSuite(Graded graded)
    {
        var report = graded.Report;
        var student = Text.Printable(report.Student);
        var group = $"{student}.{report.Assignment}";
        var cases = report.Checks.Select(check => MakeCase(report, group, check, graded.Timings)).ToList();
        // The report's own end is told once: by the check that has the error, if one has.
        if (report.Outcome == Grade.Error && !cases.Exists(Is("error")))
        {
            cases.Add(new Case(group, "is graded", null, "error", Text.Printable(report.Error ?? "not graded"), []));
        }

        if (report.Outcome == Grade.Missing)
        {
            cases.Add(new Case(group, "is handed in", null, "failure", ScoreLine.Of(report), []));
        }

        return new Suite($"{student}, {report.Assignment}", report, cases, Seconds(graded.Timings, "ended"));
    }

    private static Case MakeCase(
        Report report,
        string group,
        CheckReport check,
        IReadOnlyDictionary<string, double> timings
    )
    {
        // Two runs of an assignment that a course values differently are still the same case: no points in its name.
        var name = $"{check.Id}: {check.Title}";
        var time = Seconds(timings, check.Id);
        var (kind, message) = check.Outcome switch
        {
            Outcome.Passed => (null, ""),
            Outcome.Failed when ScoreLine.IsLost(check) => (
                "failure",
                $"expected {check.Expected}, actual {check.Actual}"
            ),
            // What costs nothing shall not turn a job red that the exit code calls green.
            Outcome.Failed => (
                "skipped",
                $"{(check.Extra ? "an extra, not earned" : "shown, not counted")}: expected {check.Expected}, actual {check.Actual}"
            ),
            // CI systems know no such outcome: it is what it is counted as, and says so.
            Outcome.Flaky when ScoreLine.IsLost(check) => ("failure", FailureLines.Remark(check)),
            Outcome.Flaky => (null, FailureLines.Remark(check)),
            Outcome.Skipped => ("skipped", $"skipped {check.Reason}"),
            _ => ("error", check.Reason ?? "an error"),
        };
        return new Case(
            $"{group}.{check.Lesson}",
            name,
            time,
            kind,
            Text.Printable(message),
            check.Outcome is Outcome.Failed or Outcome.Flaky or Outcome.Error && kind != "skipped"
                ? [.. FailureLines.Alone(report, check)]
                : []
        );
    }

    private static void Write(XmlWriter writer, Suite suite)
    {
        writer.WriteStartElement("testsuite");
        writer.Attribute("name", suite.Name);
        writer.Attribute("tests", suite.Cases.Count);
        writer.Attribute("failures", suite.Cases.Count(Is("failure")));
        writer.Attribute("errors", suite.Cases.Count(Is("error")));
        writer.Attribute("skipped", suite.Cases.Count(Is("skipped")));
        writer.Time(suite.Time);
        WriteProperties(writer, suite.Report);
        foreach (var one in suite.Cases)
        {
            Write(writer, one);
        }

        if (suite.Report.Advice.Count > 0)
        {
            var advice = string.Join('\n', suite.Report.Advice.Select(advice => advice.Text));
            writer.WriteElementString("system-out", Xml.Legal(advice));
        }

        writer.WriteEndElement();
    }

    private static void WriteProperties(XmlWriter writer, Report report)
    {
        writer.WriteStartElement("properties");
        (string, string?)[] properties =
        [
            ("outcome", report.Outcome.ToString().ToLowerInvariant()),
            ("score", report.Score?.ToString()),
            ("maxScore", $"{report.MaxScore}"),
            ("extra", report.Score is null ? null : $"{report.Extra}"),
            ("recipe", report.Recipe is { } recipe ? Text.Printable(recipe) : null),
        ];
        foreach (var (name, value) in properties)
        {
            if (value is not null)
            {
                writer.WriteStartElement("property");
                writer.Attribute("name", name);
                writer.Attribute("value", value);
                writer.WriteEndElement();
            }
        }

        writer.WriteEndElement();
    }

    private static void Write(XmlWriter writer, Case one)
    {
        writer.WriteStartElement("testcase");
        writer.Attribute("classname", one.Group);
        writer.Attribute("name", one.Name);
        writer.Time(one.Time);
        if (one.Kind is { } kind)
        {
            writer.WriteStartElement(kind);
            writer.Attribute("message", one.Message);
            if (kind != "skipped")
            {
                // Some systems show the message alone, and others only the text.
                writer.WriteString(Xml.Legal(string.Join('\n', one.Lines.Prepend(one.Message))));
            }

            writer.WriteEndElement();
        }
        else if (one.Message.Length > 0)
        {
            writer.WriteElementString("system-out", Xml.Legal(string.Join('\n', one.Lines.Prepend(one.Message))));
        }

        writer.WriteEndElement();
    }

    private static Predicate<Case> Is(string kind) => one => one.Kind == kind;

    private static int Count(this List<Case> cases, Predicate<Case> predicate) => cases.FindAll(predicate).Count;

    private static double? Seconds(IReadOnlyDictionary<string, double> timings, string name) =>
        timings.TryGetValue(name, out var seconds) ? seconds : null;

    private sealed record Suite(string Name, Report Report, List<Case> Cases, double? Time);

    private sealed record Case(
        string Group,
        string Name,
        double? Time,
        string? Kind,
        string Message,
        IReadOnlyList<string> Lines
    );
}
