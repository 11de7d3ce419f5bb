using System.Globalization;
using Grader.Checks;
using Grader.Diagnosis;
using Grader.Scoring;

namespace Grader.Fuzzing;

/// <summary>The search for a conversation that goes wrong, with a server that can be started.</summary>
internal sealed class Hunt(
    Assignment assignment,
    Stage stage,
    CheckRunner runner,
    TimeProvider time,
    CancellationToken cancellationToken
)
{
    // What a server remembers of its clients is part of a failure, and must be cut down with it.
    private const int RunsPerServer = 20;

    private static readonly TimeSpan CutTime = TimeSpan.FromSeconds(30);

    private readonly ConversationModel _model =
        assignment.Conversations ?? throw new ArgumentException($"{assignment} has no model of conversations");

    private readonly Lesson _lesson = new() { Title = "Random conversations", Checks = [] };
    private readonly CheckJudge _judge = new(runner);

    // With the server that runs now.
    private readonly List<Conversation> _played = [];

    /// <exception cref="CheckFailedException">The server does not listen.</exception>
    public async Task<Fuzzed> RunAsync(ulong seed, int runs, Action<string>? progress)
    {
        await stage.StartAsync();
        var result = new Fuzzed(0, null) { IsSerial = await ServesOneAtATimeAsync() };
        for (var run = 0; run < runs; run++)
        {
            progress?.Invoke($"conversation {run + 1} of {runs}");
            if (run % RunsPerServer == 0)
            {
                await stage.DropAsync();
            }

            var own = seed + (ulong)run;
            var made = ConversationGenerator.Make(_model, own);
            var conversation = result.IsSerial ? made.OneAfterTheOther() : made;
            var judgement = await _judge.JudgeAsync(stage, _lesson, AsCheck(own, conversation), cancellationToken);
            result = result with { Runs = run + 1 };
            var first = judgement.Trials[0];
            if (first.Connections == 0)
            {
                _played.Clear();
            }

            if (judgement.Outcome == Outcome.Failed)
            {
                progress?.Invoke($"conversation {run + 1} went wrong; it is cut down");
                return result with { Found = await CutDownAsync(own, conversation, first) };
            }

            _played.Add(conversation);
            if (judgement.Outcome == Outcome.Flaky)
            {
                result = result with { Flaky = result.Flaky + 1 };
                await stage.DropAsync();
            }
        }

        return result;
    }

    private Check AsCheck(ulong seed, Conversation conversation) =>
        AsCheck(seed, bench => conversation.PlayAsync(bench, _model));

    private static Check AsCheck(ulong seed, Func<Bench, Task> run) =>
        new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"conversation-{seed}"),
            Name = "gets a random conversation right",
            Points = 0,
            OnTheWire = "",
            Teaches = "",
            Hint = "",
            Run = run,
        };

    // To serve many at a time is for extra points: who does not, is not tried with it.
    private async Task<bool> ServesOneAtATimeAsync()
    {
        var both = AsCheck(
            0,
            bench =>
                bench.TalkAsync(async first =>
                {
                    await first.ExchangeAsync(bench.Next());
                    await bench.AskAsync(bench.Next());
                })
        );
        var trial = await runner.RunAsync(stage, _lesson, both, cancellationToken);
        return trial.Failure is { } failure
            && new FailedCheck(both.Id, failure, trial.Transcript)
                is { IsUnserved: true, Failure.Client: not "client A" };
    }

    private async Task<Counterexample> CutDownAsync(ulong seed, Conversation conversation, Trial seen)
    {
        var recurrence = Recurrence.Always;
        var whole = conversation;
        var trial = await TryAsync(seed, whole);
        if (!IsLike(seen, trial) && _played.Count > 0)
        {
            recurrence = Recurrence.AfterOthers;
            whole = Conversation.Join([.. _played, conversation]);
            trial = await TryAsync(seed, whole);
        }

        if (IsLike(seen, trial))
        {
            var (left, last) = await SimplifyAsync(seed, whole, trial);
            if (IsLike(seen, await TryAsync(seed, left)))
            {
                return Describe(recurrence, whole, left, last);
            }
        }

        // Right bytes do not turn wrong on a busy machine: the server races with itself.
        return Describe(Recurrence.ByChance, conversation, conversation, seen);

        Counterexample Describe(Recurrence when, Conversation made, Conversation left, Trial last)
        {
            var check = AsCheck(seed, left);
            var report = new CheckReport
            {
                Id = check.Id,
                Lesson = _lesson.Title,
                Title = check.Name,
                Outcome = Outcome.Failed,
            };
            return new Counterexample(
                seed,
                when,
                made.Moves.Count,
                left.Moves.Count,
                new FailedCheck(check.Id, last.Failure!, last.Transcript),
                report.Showing(last.Failure!, last.Transcript)
            );
        }
    }

    private async Task<(Conversation Left, Trial Trial)> SimplifyAsync(ulong seed, Conversation failing, Trial trial)
    {
        var start = time.GetTimestamp();
        for (var before = 0; before != Size(failing) && time.GetElapsedTime(start) < CutTime; )
        {
            before = Size(failing);
            foreach (var way in ConversationShrinker.Ways)
            {
                while (
                    time.GetElapsedTime(start) < CutTime
                    && await FindSimplerAsync(seed, way(failing), trial) is { } simpler
                )
                {
                    (failing, trial) = simpler;
                }
            }
        }

        return (failing, trial);

        static int Size(Conversation conversation) => conversation.Moves.Sum(move => 1 + move.Bytes.Length);
    }

    private async Task<(Conversation, Trial)?> FindSimplerAsync(
        ulong seed,
        IEnumerable<Conversation> candidates,
        Trial failed
    )
    {
        foreach (var candidate in candidates.Where(candidate => candidate.IsValid(_model)))
        {
            var trial = await TryAsync(seed, candidate);
            if (IsLike(failed, trial))
            {
                return (candidate, trial);
            }
        }

        return null;
    }

    private async Task<Trial> TryAsync(ulong seed, Conversation conversation)
    {
        await stage.DropAsync();
        return await runner.RunAsync(stage, _lesson, AsCheck(seed, conversation), cancellationToken);
    }

    private static bool IsLike(Trial one, Trial other) =>
        one.Failure is { } failure && other.Failure?.Symptom == failure.Symptom;
}
