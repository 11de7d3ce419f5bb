using Grader;
using Grader.Assignments;
using Grader.Launching;

var a = Catalogue.All[0];
var g = await new SubmissionGrader(new GradingOptions(), TimeProvider.System).GradeAsync(
    a,
    new Submission("x", args[0]),
    args.Length > 1 ? args[1..].ToHashSet() : null,
    c =>
        Console.WriteLine(
            $"{c.Outcome, -8} {c.Id, -22} {c.Points}/{c.MaxPoints}{(c.Extra ? "+" : "")} {c.Expected} | {c.Actual} | {c.Server} | {string.Join(" / ", c.Output)}{c.Reason}"
        ),
    default
);
Console.WriteLine(
    $"{g.Report.Outcome} {g.Report.Error} {g.Report.Score}/{g.Report.MaxScore} +{g.Report.Extra}/{g.Report.MaxExtra} {string.Join("; ", g.Report.Advice.Select(x => x.Text))}"
);
Console.WriteLine(string.Join(" ", g.Timings.Select(t => $"{t.Key}={t.Value:0.00}")));
if (Environment.GetEnvironmentVariable("V") != null)
    foreach (var (k, v) in g.Transcripts)
        Console.WriteLine(k + "\n" + string.Join("\n", v));
