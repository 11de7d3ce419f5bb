using System.Globalization;
using Grader.Batch;
using Grader.Checks;
using Grader.Configuration;
using Grader.Reports;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary><c>grader batch</c>: a whole class, a report a student, a gradebook.</summary>
internal sealed class BatchCommand : IBatchObserver
{
    private readonly Lock _lock = new();
    private readonly Screen _screen;
    private readonly ResultStore _store;
    private readonly BatchProgress _progress;
    private readonly List<StoredResult> _kept = [];
    private readonly Dictionary<Work, Graded> _done = [];

    private BatchCommand(Screen screen, ResultStore store, int all, Action<string> status)
    {
        _screen = screen;
        _store = store;
        _progress = new BatchProgress(all, status, Screen.IsLive ? null : Say, TimeProvider.System);
    }

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
        screen.Line($"{course.Name}: {Text.Count(selected.Count, "submission")}, {course.Jobs} at a time");
        SandboxGate.Tell(screen, sandbox);
        BatchCommand? batch = null;
        var isComplete = await screen.WithStatusAsync(
            "Looking at what was handed in",
            status =>
            {
                batch = new BatchCommand(screen, new ResultStore(folder, course.Grading), selected.Count, status);
                return batch.GradeAsync(course, selected, choice.IsAnew, run.Limit, cancellationToken);
            }
        );
        return batch!.Conclude(course, config, folder, all, selected, isComplete, run);
    }

    public void Started(Work work) => _progress.Start(work);

    public void Begins(Work work, Check check) => _progress.Run(work, check);

    public void Done(Work work, Graded graded)
    {
        var stored = graded.IsFinished ? _store.Write(work, graded) : graded;
        lock (_lock)
        {
            _done[work] = stored;
        }

        _progress.Finish(work, stored.Report);
        Say(Describe(stored.Report, Duration(stored.Timings)));
    }

    private async Task<bool> GradeAsync(
        Course course,
        List<Work> selected,
        bool isAnew,
        RunLimit limit,
        CancellationToken cancellationToken
    )
    {
        using var summaries = _progress.Begin();
        await ResolveAsync(selected, limit, cancellationToken);
        // First of all: it takes an instant, and a limit or an interruption may come while others are graded.
        foreach (var work in selected.TakeWhile(_ => !cancellationToken.IsCancellationRequested && !limit.HasStruck))
        {
            _store.Note(work);
            if (!isAnew && _store.FindCurrent(work) is { } current)
            {
                _kept.Add(current);
                _done[work] = _store.Keep(current);
                _progress.Keep(_done[work].Report);
                Say(Describe(_done[work].Report, "kept"));
            }
        }

        return await new BatchRunner(course, TimeProvider.System)
        {
            Limit = limit,
            ModelAnswers = References.Read(course.Grading),
        }.RunAsync([.. selected.Where(work => !_done.ContainsKey(work))], this, cancellationToken);
    }

    // Whoever answers questions about repositories answers several at a time.
    private static async Task ResolveAsync(List<Work> works, RunLimit limit, CancellationToken cancellationToken)
    {
        const int Most = 8;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Struck);
        try
        {
            await Parallel.ForEachAsync(
                works.Select(work => work.Submission).OfType<Intake.Submission>().Distinct(),
                new ParallelOptions { MaxDegreeOfParallelism = Most, CancellationToken = end.Token },
                async (submission, token) => await submission.ResolveAsync(token)
            );
        }
        catch (OperationCanceledException)
        {
            // Nothing is graded then, which is told as ever.
        }
    }

    private int Conclude(
        Course course,
        string config,
        ReportFolder folder,
        List<Work> all,
        List<Work> selected,
        bool isComplete,
        RunOptions run
    )
    {
        // What the limit cut off has no result of its own while there is an earlier one.
        var results = _done.Values.Where(graded =>
            graded.IsFinished || !folder.Has(graded.Report.Student, graded.Report.Assignment)
        );
        TellErrors();
        TellRest(selected, run.Limit, config);
        if (_kept.Count > 0)
        {
            Say($"{Text.Count(_kept.Count, "result")} kept; --again grades anew");
        }

        var outdated = new List<StoredResult>();
        var isWritten = true;
        try
        {
            var rest = Gradebook.Write(course, folder, all, [.. results.Select(graded => graded.Report)]);
            outdated = [.. rest.Where(result => result.Problem is not null)];
            var rescored = _kept.Concat(rest).Count(result => result.Before is not null && result.HasChanged);
            if (rescored > 0)
            {
                Say($"Scored again with the points of now: {Text.Count(rescored, "stored report")}");
            }

            TellNeverGraded(rest, selected, config);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The reports that are written stay, and grader score makes a gradebook of them.
            isWritten = false;
            Say(
                $"! gradebook: not written: {Text.Printable(e.Message)} Make room for it, then: {Typed.Command("score", config)}"
            );
        }

        Gradebook.Tell(_screen, course, config, all, outdated);
        var code = run.Conclude(
            _screen,
            new Results(course.Name, [.. selected.Select(_done.GetValueOrDefault).OfType<Graded>()]),
            _ => 0,
            report => selected.Find(work => IsOf(report, work))?.Submission?.Folder
        );
        return !isComplete ? ExitCode.Interrupted
            : outdated.Count > 0 || !isWritten ? ExitCode.Error
            : code;
    }

    private static bool IsOf(Report report, Work work) =>
        report.Student == work.Student && report.Assignment == work.Assignment.Id;

    /// <summary>A result in a line.</summary>
    public static string Describe(Report report, string remark)
    {
        var mark = report.Outcome switch
        {
            Grade.Graded => (report.Late?.Score ?? report.Score) == report.MaxScore ? '✔' : '✘',
            Grade.Missing => '-',
            _ => '!',
        };
        return $"{mark} {Text.Printable(report.Student), -16} {report.Assignment, -11} {ScoreLine.Of(report), -34} {remark}".TrimEnd();
    }

    private static string Duration(IReadOnlyDictionary<string, double> timings) =>
        timings.TryGetValue("ended", out var seconds)
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds, 6:0.0} s")
            : "";

    // Reports are on another disk perhaps than the log, and worth more.
    private void Say(string line)
    {
        try
        {
            _screen.Line(line);
        }
        catch (IOException)
        {
            // What is said at the very end is not caught, and tells of it.
        }
    }

    private void TellErrors()
    {
        foreach (var error in _done.Values.Select(graded => graded.Report).Where(IsError))
        {
            Say($"! {Text.Printable(error.Student)}, {error.Assignment}: {Text.Printable(error.Error ?? "")}");
        }
    }

    private static bool IsError(Report report) => report.Outcome == Grade.Error;

    private void TellRest(List<Work> selected, RunLimit limit, string config)
    {
        var finished = _done.Values.Count(graded => graded.IsFinished);
        if (finished == selected.Count)
        {
            return;
        }

        var why = limit.HasStruck ? Text.Sentence($"{limit.Name} struck").TrimEnd('.') : "Interrupted";
        Say($"{why}: {finished} of {selected.Count} graded{(finished > 0 ? ", and kept" : "")}.");
        var left = selected.Where(work => _done.GetValueOrDefault(work)?.IsFinished != true).ToList();
        Say($"Left: {TellSome(left)}; {Typed.Command("batch", config)} goes on with them");
    }

    // They are in no line of the gradebook, and nobody else may notice.
    private void TellNeverGraded(List<StoredResult> rest, List<Work> selected, string config)
    {
        var never = rest.Where(result => result is { Now: null, Problem: null })
            .Select(result => result.Work)
            .Except(selected)
            .ToList();
        if (never.Count > 0)
        {
            Say($"Not graded yet: {TellSome(never)}; {Typed.Command("batch", config)} goes on with them");
        }
    }

    private static string TellSome(List<Work> works)
    {
        const int Most = 8;
        var some = string.Join(
            ", ",
            works.Take(Most).Select(work => $"{Text.Printable(work.Student)} ({work.Assignment.Id})")
        );
        return works.Count > Most ? $"{some} and {works.Count - Most} more" : some;
    }
}
