using Grader.Launching;
using Grader.Scoring;
using Grader.Transcripts;

namespace Grader.Checks;

/// <summary>Runs an assignment's checks, in order, against a submission's server, and turns what happens into outcomes.</summary>
internal sealed class SuiteRunner(
    Assignment assignment,
    IReadOnlySet<string>? only,
    GradingOptions options,
    TimeProvider time,
    Action<CheckReport>? progress
)
{
    private const int OutputLines = 8;
    private const int LineLength = 200;

    private readonly Dictionary<string, CheckReport> _done = [];

    public IReadOnlyList<CheckReport> Reports => [.. _done.Values];

    /// <summary>The checks that are asked for, with those that they depend on.</summary>
    public IEnumerable<Check> Selected => SelectWithLessons().Select(pair => pair.Item2);

    public Dictionary<string, double> Timings { get; } = [];

    public Dictionary<string, IReadOnlyList<TranscriptLine>> Transcripts { get; } = [];

    /// <summary>Fails the first check, on which all others depend, for something that went wrong before any could run.</summary>
    public void FailAtStart(Failure failure)
    {
        var (lesson, check) = SelectWithLessons().First();
        Finish(Describe(lesson, check) with { Outcome = Outcome.Failed }, failure, check);
        SkipRest($"after {check.Id} failed");
    }

    /// <summary>Skips what has not been run.</summary>
    public void SkipRest(string reason)
    {
        foreach (var (lesson, check) in SelectWithLessons().Where(pair => !_done.ContainsKey(pair.Item2.Id)).ToList())
        {
            Skip(lesson, check, reason);
        }
    }

    /// <exception cref="EnvironmentException">The machine cannot run the submission.</exception>
    public async Task RunAsync(Stage stage, Log log, CancellationToken cancellationToken, CancellationToken limit)
    {
        foreach (var (lesson, check) in SelectWithLessons())
        {
            var reason =
                check.WhyNotHere ?? (MissingPrerequisite(check) is { } missing ? $"after {missing} failed" : null);
            if (reason is not null)
            {
                Skip(lesson, check, reason);
                continue;
            }

            try
            {
                log.Add($"check | {check.Id}");
                await RunAsync(stage, log, lesson, check, limit);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                SkipRest($"the limit of a submission ({Text.Duration(options.Limits.Submission)}) struck");
                return;
            }
        }
    }

    private async Task RunAsync(Stage stage, Log log, Lesson lesson, Check check, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var transcript = new Transcript(time);
        var report = Describe(lesson, check);
        try
        {
            var failure = await RunToFailureAsync(stage, lesson, check, transcript, cancellationToken);
            Finish(report with { Outcome = failure is null ? Outcome.Passed : Outcome.Failed }, failure, check);
        }
        catch (Exception e) when (e is not (OperationCanceledException or EnvironmentException))
        {
            // The one catch-all: whatever it is, it is ours, and costs the student nothing.
            log.Add($"grader | {e}");
            await stage.DropAsync();
            Finish(
                report with
                {
                    Outcome = Outcome.Error,
                    Reason = $"a fault of the grader: {e.GetType().Name}",
                },
                null,
                check
            );
        }

        Timings[check.Id] = time.GetElapsedTime(start).TotalSeconds;
        Transcripts[check.Id] = transcript.Read();
    }

    private async Task<Failure?> RunToFailureAsync(
        Stage stage,
        Lesson lesson,
        Check check,
        Transcript transcript,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await stage.PrepareAsync();
        }
        catch (CheckFailedException e)
        {
            return e.Failure;
        }

        await using var watch = new Watch(() => stage.Server, options.Limits, time, cancellationToken);
        await using var bench = new Bench(
            stage,
            watch,
            transcript,
            assignment.Exchange,
            check.Id,
            lesson.RestartsQuietly
        );
        var output = stage.Server!.Output;
        var mark = output.StderrCount;
        try
        {
            await check.Run(bench);
            await bench.VerifyNoCrashAsync(cancellationToken);
            return null;
        }
        catch (CheckFailedException e)
        {
            return await AddEvidenceAsync(e.Failure, stage, watch.Finding, output, mark, cancellationToken);
        }
        catch (OperationCanceledException) when (watch.Finding is { } finding)
        {
            // No wait for the server was cut off, so that it is not to blame.
            throw new TimeoutException($"{check.Id}: {finding}");
        }
    }

    // While the clients are still connected: what a server says when we hang up is no part of the failure.
    private async Task<Failure> AddEvidenceAsync(
        Failure failure,
        Stage stage,
        Finding? finding,
        Output before,
        int mark,
        CancellationToken cancellationToken
    )
    {
        if (stage.Server is not { } server)
        {
            return failure;
        }

        var settled = await server.SettleAsync(Settling.Briefly, cancellationToken);
        var state =
            settled == Settled.Ended ? ExitCodes.Describe(await server.GetExitCodeAsync())
            : finding == Finding.Stalled && !failure.DependsOnTiming ? "is running and waits"
            : finding == Finding.Busy ? "is running, and uses the processor without moving a byte"
            : finding == Finding.Limit
                ? $"is still at it when the limit of a check ({Text.Duration(options.Limits.Check)}) strikes"
            : "is running";
        var lines = await server.Output.SettledStderrAsync(server.Output == before ? mark : 0, cancellationToken);
        if (finding is not null)
        {
            // It may never recover, and its neighbours shall not pay for it.
            await stage.DropAsync();
        }

        return failure with
        {
            Server = failure.Server ?? state,
            Output = [.. Shorten(lines).Select(line => Text.Shorten(line, LineLength))],
        };
    }

    // What went wrong stands in the first line, or in the last ones, as the language has it.
    private static IEnumerable<string> Shorten(IReadOnlyList<string> lines) =>
        lines.Count <= OutputLines
            ? lines
            :
            [
                lines[0],
                $"[... {Text.Count(lines.Count - OutputLines + 2, "line")} ...]",
                .. lines.TakeLast(OutputLines - 2),
            ];

    private IEnumerable<(Lesson, Check)> SelectWithLessons()
    {
        var wanted = only is null
            ? null
            : only.Concat(assignment.Checks.Where(check => only.Contains(check.Id)).Select(check => check.After))
                .Append(assignment.Checks.First().Id)
                .ToHashSet();
        return from lesson in assignment.Lessons
            from check in lesson.Checks
            where wanted is null || wanted.Contains(check.Id)
            select (lesson, check);
    }

    private string? MissingPrerequisite(Check check) =>
        new[] { assignment.Checks.First().Id, check.After }
            .OfType<string>()
            .FirstOrDefault(id => id != check.Id && _done.GetValueOrDefault(id)?.Outcome is not Outcome.Passed);

    private void Skip(Lesson lesson, Check check, string reason) =>
        Finish(Describe(lesson, check) with { Outcome = Outcome.Skipped, Reason = reason }, null, check);

    private CheckReport Describe(Lesson lesson, Check check)
    {
        var worth = options.WorthHere(assignment, check);
        return new CheckReport
        {
            Id = check.Id,
            Lesson = lesson.Title,
            Title = check.Name,
            Outcome = Outcome.Skipped,
            MaxPoints = worth.Points,
            Extra = worth.IsExtra,
            Unavailable = check.WhyNotHere is not null,
        };
    }

    private void Finish(CheckReport report, Failure? failure, Check check)
    {
        var finished = report with
        {
            Points = report.Outcome == Outcome.Passed ? report.MaxPoints : 0,
            Expected = failure?.Expected,
            Actual = failure?.Actual,
            Caret = failure?.Caret,
            Server = failure?.Server,
            Output = failure?.Output ?? [],
            Teaches = failure is null ? null : check.Teaches,
            Hint = failure is null ? null : failure.Hint ?? check.Hint,
        };
        _done[check.Id] = finished;
        progress?.Invoke(finished);
    }
}
