using System.Globalization;
using Grader.Batch;
using Grader.Configuration;
using Grader.Reports;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary><c>grader batch</c>: a whole class, a report a student, a gradebook.</summary>
internal static class BatchCommand
{
    /// <exception cref="UsageException">The configuration is wrong, or selects nothing.</exception>
    public static async Task<int> RunAsync(
        Screen screen,
        string config,
        BatchChoice choice,
        int? jobs,
        RunOptions run,
        CancellationToken cancellationToken
    )
    {
        var course = CourseFile.Read(config);
        course = course with { Jobs = jobs ?? course.Jobs };
        var all = CourseWork.Find(course, config);
        var selected = CourseWork.Select(all, choice.Students, choice.Assignments);
        var sandbox = await SandboxGate.RequireAsync(course.Grading.Sandbox, config);
        var folder = new ReportFolder(course.Reports);
        using var turn = folder.Lock();
        run.Prepare(screen);
        var store = new ResultStore(folder, course.Grading);
        var kept = new List<StoredResult>();
        var done = new List<Graded>();
        var running = new List<string>();
        string Progress() => $"{done.Count} of {selected.Count} graded, now {TellSome(running)}";
        screen.Line($"{course.Name}: {Text.Count(selected.Count, "submission")}, {course.Jobs} at a time");
        SandboxGate.Tell(screen, sandbox);
        var isComplete = await screen.WithStatusAsync(
            Progress(),
            status =>
            {
                // First of all: it takes an instant, and a limit or an interruption may come while others are graded.
                foreach (
                    var work in selected.TakeWhile(_ =>
                        !cancellationToken.IsCancellationRequested && !run.Limit.HasStruck
                    )
                )
                {
                    store.Note(work);
                    if (!choice.IsAnew && store.FindCurrent(work) is { } current)
                    {
                        kept.Add(current);
                        done.Add(store.Keep(current));
                        screen.Line(Describe(done[^1].Report, "kept"));
                        status(Progress());
                    }
                }

                return new BatchRunner(course, TimeProvider.System)
                {
                    Limit = run.Limit,
                    ModelAnswers = References.Read(course.Grading),
                }.RunAsync(
                    [.. selected.Except(kept.Select(current => current.Work))],
                    work =>
                    {
                        lock (done)
                        {
                            running.Add(work.Student);
                            status(Progress());
                        }
                    },
                    graded =>
                    {
                        var work = selected.First(work => IsOf(graded.Report, work));
                        var stored = graded.IsFinished ? store.Write(work, graded) : graded;
                        lock (done)
                        {
                            done.Add(stored);
                            running.Remove(work.Student);
                            status(Progress());
                        }

                        screen.Line(Describe(stored.Report, Duration(stored.Timings)));
                    },
                    cancellationToken
                );
            }
        );
        // What the limit cut off has no result of its own while there is an earlier one.
        var results = done.Where(graded =>
            graded.IsFinished || !folder.Has(graded.Report.Student, graded.Report.Assignment)
        );
        var rest = Gradebook.Write(course, folder, all, [.. results.Select(graded => graded.Report)]);
        Conclude(screen, selected, done, kept, rest, run.Limit);
        var outdated = rest.Where(result => result.Problem is not null).ToList();
        Gradebook.Tell(screen, course, config, all, outdated);
        var code = run.Conclude(
            screen,
            new Results(course.Name, [.. selected.Select(work => Find(done, work)).OfType<Graded>()]),
            _ => 0,
            report => selected.Find(work => IsOf(report, work))?.Submission?.Folder
        );
        return !isComplete ? ExitCode.Interrupted
            : outdated.Count > 0 ? ExitCode.Error
            : code;
    }

    // Many may wait at the same time for servers that sleep.
    private static string TellSome(List<string> running)
    {
        const int Most = 4;
        var some = string.Join(", ", running.Take(Most).Select(Text.Printable));
        return running.Count > Most ? $"{some} and {running.Count - Most} more" : some;
    }

    private static Graded? Find(List<Graded> done, Work work) => done.Find(graded => IsOf(graded.Report, work));

    private static bool IsOf(Report report, Work work) =>
        report.Student == work.Student && report.Assignment == work.Assignment.Id;

    /// <summary>A result in a line.</summary>
    public static string Describe(Report report, string remark)
    {
        var mark = report.Outcome switch
        {
            Grade.Graded => report.Score == report.MaxScore ? '✔' : '✘',
            Grade.Missing => '-',
            _ => '!',
        };
        return $"{mark} {Text.Printable(report.Student), -16} {report.Assignment, -6} {ScoreLine.Of(report), -34} {remark}".TrimEnd();
    }

    private static string Duration(IReadOnlyDictionary<string, double> timings) =>
        timings.TryGetValue("ended", out var seconds)
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds, 6:0.0} s")
            : "";

    private static void Conclude(
        Screen screen,
        List<Work> selected,
        List<Graded> done,
        List<StoredResult> kept,
        List<StoredResult> rest,
        RunLimit limit
    )
    {
        foreach (var error in done.Select(graded => graded.Report).Where(report => report.Outcome == Grade.Error))
        {
            screen.Line($"! {Text.Printable(error.Student)}, {error.Assignment}: {Text.Printable(error.Error ?? "")}");
        }

        var finished = done.Count(graded => graded.IsFinished);
        if (finished < selected.Count)
        {
            var why = done.Count < selected.Count ? "Interrupted" : Text.Sentence($"{limit.Name} struck").TrimEnd('.');
            screen.Line($"{why}: {finished} of {selected.Count} graded, and kept.");
        }

        if (kept.Count > 0)
        {
            screen.Line($"{Text.Count(kept.Count, "result")} kept; --again grades anew");
        }

        var rescored = kept.Concat(rest).Count(result => result.Before is not null && result.HasChanged);
        if (rescored > 0)
        {
            screen.Line($"Scored again with the points of now: {Text.Count(rescored, "stored report")}");
        }
    }
}
