using Grader.Assignments;
using Grader.Launching;
using Grader.Reports;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary><c>grader verify</c>: the model answers must pass everything, here and now.</summary>
internal static class VerifyCommand
{
    private static readonly string References = Path.Combine(AppContext.BaseDirectory, "reference");

    public static async Task<int> RunAsync(Screen screen, CancellationToken cancellationToken)
    {
        var grader = new SubmissionGrader(new GradingOptions(), TimeProvider.System);
        var code = ExitCode.Fine;
        foreach (var (assignment, folder) in FindReferences())
        {
            var name = Path.GetFileName(folder);
            var graded = await screen.WithStatusAsync(
                $"{assignment.Id}, {name}",
                _ =>
                    grader.GradeAsync(
                        assignment,
                        new Submission(name, folder),
                        only: null,
                        progress: null,
                        cancellationToken
                    )
            );
            var report = graded.Report;
            if (report.Outcome == Grade.Graded && report.Score == report.MaxScore && report.Extra == report.MaxExtra)
            {
                screen.Line($"✔ {TextReport.Heading(report)}");
                continue;
            }

            screen.Lines(TextReport.Render(report));
            code = Math.Max(code, report.Outcome == Grade.Error ? ExitCode.Error : ExitCode.Failed);
        }

        return code;
    }

    private static IEnumerable<(Assignment, string)> FindReferences() =>
        from assignment in Catalogue.All
        from folder in Directory.GetDirectories(Path.Combine(References, assignment.Id)).Order(StringComparer.Ordinal)
        select (assignment, folder);
}
