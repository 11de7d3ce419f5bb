using Grader.Batch;
using Grader.Reports;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary>What an earlier run left of a cell of the gradebook, with the points that the course gives now.</summary>
/// <param name="Work">The cell.</param>
/// <param name="Before">The report as it is stored, if it can be read.</param>
/// <param name="Now">The report with the points of now; null when it has no place in the gradebook.</param>
/// <param name="Problem">Why it has none; null as well when it was never graded.</param>
internal sealed record StoredResult(Work Work, Report? Before, Report? Now, string? Problem = null)
{
    public bool HasChanged =>
        Now is not null && (Before is null || JsonReport.Render(Before) != JsonReport.Render(Now));

    public static StoredResult Find(Work work, ReportFolder folder, GradingOptions options)
    {
        Report? stored;
        try
        {
            stored = folder.Read(work.Student, work.Assignment.Id);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new StoredResult(work, null, null, e.Message.TrimEnd('.'));
        }

        return stored switch
        {
            null when work.Submission is null => new StoredResult(work, null, Missing(work, options)),
            null => new StoredResult(work, null, null),
            { Outcome: Grade.Missing } when work.Submission is not null => new StoredResult(
                work,
                stored,
                null,
                "was handed in since the others were graded"
            ),
            { Outcome: Grade.Graded } when !Points.IsOfSuite(stored, work.Assignment) => new StoredResult(
                work,
                stored,
                null,
                "its report is of another suite of checks"
            ),
            _ => new StoredResult(work, stored, Rescore(stored, work, options)),
        };
    }

    private static Report Rescore(Report stored, Work work, GradingOptions options) =>
        Points.Rescore(
            stored with
            {
                HandIn = work.Submission is { } submission
                    ? submission.FindHandIn(stored.HandIn, options.DueDates.ContainsKey(work.Assignment.Id))
                    : stored.HandIn,
            },
            work.Assignment,
            options
        );

    private static Report Missing(Work work, GradingOptions options) =>
        new SubmissionGrader(options, TimeProvider.System).GradeMissing(work.Assignment, work.Student).Report;
}
