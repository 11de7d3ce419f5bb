using Grader.Batch;
using Grader.Reports;
using Grader.Scoring;
using Grader.Transcripts;

namespace Grader.Commands;

/// <summary>The results of a course on disk: which of them still hold, and what is new.</summary>
internal sealed class ResultStore(ReportFolder folder, GradingOptions options)
{
    private readonly ResultKeys _keys = new(options);
    private readonly Dictionary<Work, string> _noted = [];

    /// <summary>Looks at a submission before it is graded, without which its result cannot be kept for the next run.</summary>
    public void Note(Work work)
    {
        if (_keys.Of(work) is { } key)
        {
            _noted[work] = key;
        }
    }

    /// <returns>What an earlier run found, if grading what was noted could find nothing else; or null.</returns>
    public StoredResult? FindCurrent(Work work) =>
        _noted.TryGetValue(work, out var key)
        && folder.ReadKey(work.Student, work.Assignment.Id) == key
        && StoredResult.Find(work, folder, options) is { Before.Outcome: Grade.Graded, Now: not null } stored
            ? stored
            : null;

    /// <summary>Gives a current result the points of now, in every format.</summary>
    public Graded Keep(StoredResult current)
    {
        var (student, assignment) = (current.Work.Student, current.Work.Assignment.Id);
        var kept = new Graded(current.Now!, folder.ReadTimings(student, assignment), "");
        return Try(kept, () => folder.Write(kept.Report));
    }

    public Graded Write(Work work, Graded graded)
    {
        graded = graded with { Report = Since(work, graded.Report) };
        // What was changed meanwhile may have been graded before or after that, and an error is graded again.
        var key = graded.Report.Outcome == Grade.Graded ? _noted.GetValueOrDefault(work) : null;
        var scripts = ReproductionScript.RenderAll(work.Assignment, graded.Failed);
        var written = Try(
            graded,
            () => folder.Write(graded, key is not null && _keys.Of(work) == key ? key : null, scripts)
        );
        // What went over the wire is megabytes, and a class has hundreds.
        return written with { Failed = [], Transcripts = new Dictionary<string, IReadOnlyList<TranscriptLine>>() };
    }

    // Grading the same files again, or a copy of them, never makes them later.
    private Report Since(Work work, Report report)
    {
        if (
            !options.DueDates.ContainsKey(work.Assignment.Id)
            || StoredResult.Find(work, folder, options).Before?.HandIn is not { } before
        )
        {
            return report;
        }

        // What could not be had this time is known for the next.
        var handIn = report.HandIn?.Since(before) ?? before;
        return handIn == report.HandIn ? report
            : report.Outcome == Grade.Graded ? Points.Rescore(report with { HandIn = handIn }, work.Assignment, options)
            : report with { HandIn = handIn };
    }

    // A full disk costs this report, which is then an error of ours, and not the others.
    private static Graded Try(Graded graded, Action write)
    {
        try
        {
            write();
            return graded;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return graded with
            {
                Report = graded.Report with
                {
                    Outcome = Grade.Error,
                    Score = null,
                    Extra = 0,
                    Late = null,
                    Error = $"no report: {e.Message}",
                },
            };
        }
    }
}
