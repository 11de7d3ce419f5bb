using Grader.Diagnosis;
using Grader.Hosting;
using Grader.Launching;
using Grader.Scoring;
using Grader.Transcripts;

namespace Grader.Checks;

/// <summary>Runs an assignment's checks, in order, against a submission's server, and turns what happens into outcomes.</summary>
internal sealed class SuiteRunner(
    Assignment assignment,
    IReadOnlySet<string>? only,
    GradingOptions options,
    FairClock clock,
    TimeProvider time,
    Action<Check>? begins
)
{
    private const int MostEvents = 20;

    private readonly CheckJudge _judge = new(new CheckRunner(assignment, options.Limits, clock, time));
    private readonly Dictionary<string, CheckReport> _done = [];
    private readonly List<FailedCheck> _failed = [];

    public IReadOnlyList<CheckReport> Reports => [.. _done.Values];

    /// <summary>What causes are found from.</summary>
    public IReadOnlyList<FailedCheck> Failed => _failed;

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
    public async Task RunAsync(Stage stage, Log log, CancellationToken cancellationToken)
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
                begins?.Invoke(check);
                await RunAsync(stage, log, lesson, check, cancellationToken);
            }
            catch (OperationCanceledException) when (clock.Verdict is { } verdict)
            {
                const string Limit = "the limit of a submission";
                if (verdict == LimitVerdict.Starved)
                {
                    throw new StarvedException(Limit, options.Limits.Submission);
                }

                SkipRest($"{Limit} ({Text.Duration(options.Limits.Submission)}) struck");
                return;
            }
        }
    }

    private async Task RunAsync(Stage stage, Log log, Lesson lesson, Check check, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var report = Describe(lesson, check);
        try
        {
            var judgement = await _judge.JudgeAsync(stage, lesson, check, cancellationToken);
            for (var index = 0; index < judgement.Trials.Count; index++)
            {
                Transcripts[index == 0 ? check.Id : $"{check.Id}, run again"] = judgement.Trials[index].Transcript;
            }

            Finish(
                report with
                {
                    Outcome = judgement.Outcome,
                    Runs = judgement.Outcome == Outcome.Flaky ? [.. judgement.Trials.Select(Describe)] : null,
                },
                judgement.Trials[0].Failure,
                check,
                judgement.Trials[0].Connections
            );
        }
        catch (CheckSkippedException e)
        {
            Finish(
                report with
                {
                    Outcome = Outcome.Skipped,
                    Reason = e.Message,
                    Unavailable = true,
                    MaxPoints = 0,
                },
                null,
                check
            );
        }
        catch (Exception e) when (e is not (OperationCanceledException or EnvironmentException))
        {
            // The one catch-all: whatever it is, it is ours, and costs the student nothing.
            log.AddFault(e);
            await stage.DropAsync();
            Finish(report with { Outcome = Outcome.Error, Reason = Exhaustion.Describe(e) }, null, check);
        }

        Timings[check.Id] = time.GetElapsedTime(start).TotalSeconds;
    }

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
            .FirstOrDefault(id =>
                id != check.Id && _done.GetValueOrDefault(id)?.Outcome is not (Outcome.Passed or Outcome.Flaky)
            );

    private void Skip(Lesson lesson, Check check, string reason) =>
        Finish(Describe(lesson, check) with { Outcome = Outcome.Skipped, Reason = reason }, null, check);

    // Where a run went wrong stands in its last events.
    private static CheckRun Describe(Trial trial)
    {
        var left = trial.Transcript.Count - MostEvents;
        var shown = trial.Transcript.Skip(left > 1 ? left : 0).Select(line => line.Text);
        return new CheckRun(
            trial.Failure is null ? Outcome.Passed : Outcome.Failed,
            [.. left > 1 ? [$"[... {Text.Count(left, "event")} ...]"] : Array.Empty<string>(), .. shown]
        );
    }

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

    private void Finish(CheckReport report, Failure? failure, Check check, int connections = 0)
    {
        var failed =
            failure is null || report.Outcome != Outcome.Failed
                ? null
                : new FailedCheck(check.Id, failure, Transcripts.GetValueOrDefault(check.Id, []))
                {
                    Connections = connections,
                };
        if (failed is not null)
        {
            _failed.Add(failed);
        }

        var shown = failure is null
            ? report
            : report.Showing(failure, failed?.Transcript ?? []) with
            {
                Teaches = check.Teaches,
                Hint = failure.ChooseHint(check.Hint),
            };
        var finished = shown with { Points = options.Earn(report.Outcome, new Worth(report.MaxPoints, report.Extra)) };
        _done[check.Id] = finished;
    }
}
