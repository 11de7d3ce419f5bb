using System.Globalization;
using Grader.Checks;
using Grader.Diagnosis;
using Grader.Scoring;

namespace Grader.Fuzzing;

/// <summary>The search for a conversation that goes wrong, with a server that can be started.</summary>
internal sealed class Hunt(
    ConversationModel model,
    Stage stage,
    CheckRunner runner,
    TimeProvider time,
    CancellationToken cancellationToken
)
{
    // What a server remembers of its clients is part of a failure, and must be cut down with it.
    private const int RunsPerServer = 20;

    // The same everywhere, so that what is left does not depend on how fast the machine is; where trials take long, time ends it.
    private const int MostTrials = 300;
    private static readonly TimeSpan CutTime = TimeSpan.FromMinutes(2);

    private readonly Lesson _lesson = new() { Title = "Random conversations", Checks = [] };
    private readonly CheckJudge _judge = new(runner);

    // With the server that runs now.
    private readonly List<Conversation> _played = [];
    private bool _isSerial;

    // Many ways lead to the same conversation.
    private readonly HashSet<string> _tried = [];

    /// <exception cref="CheckFailedException">The server does not listen.</exception>
    public async Task<Fuzzed> RunAsync(ulong seed, int runs, Action<string>? progress)
    {
        await stage.StartAsync();
        _isSerial = await ServesTooFewAsync();
        var result = new Fuzzed(0, null) { IsSerial = _isSerial };
        for (var run = 0; run < runs; run++)
        {
            progress?.Invoke($"conversation {run + 1} of {runs}");
            if (run % RunsPerServer == 0)
            {
                await stage.DropAsync();
            }

            var own = seed + (ulong)run;
            var conversation = Fit(ConversationGenerator.Make(model, own));
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
        AsCheck(seed, bench => conversation.PlayAsync(bench, model));

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

    private Conversation Fit(Conversation conversation) => _isSerial ? conversation.OneAfterTheOther() : conversation;

    // To serve many at a time is for extra points: who does not, is not tried with it.
    private async Task<bool> ServesTooFewAsync()
    {
        var all = AsCheck(0, bench => TalkAsync(bench, ConversationGenerator.MostClients));
        var judgement = await _judge.JudgeAsync(stage, _lesson, all, cancellationToken);
        var trial = judgement.Trials[0];
        return judgement.Outcome == Outcome.Failed
            && new FailedCheck(all.Id, trial.Failure!, trial.Transcript)
                is { IsUnserved: true, Failure.Client: not "client A" };
    }

    // Each client asks, and stays until the others have.
    private static Task TalkAsync(Bench bench, int clients) =>
        bench.TalkAsync(async client =>
        {
            await client.ExchangeAsync(bench.Next());
            if (clients > 1)
            {
                await TalkAsync(bench, clients - 1);
            }
        });

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

        if (!IsLike(seen, trial))
        {
            return Describe(Recurrence.ByChance, conversation, conversation, seen);
        }

        var (left, last) = await SimplifyAsync(seed, whole, trial);
        var isSure = IsLike(seen, await TryAsync(seed, left));
        return isSure ? Describe(recurrence, whole, left, last) : Describe(recurrence, whole, whole, trial);

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
        bool IsOver() => _tried.Count >= MostTrials || time.GetElapsedTime(start) > CutTime;
        for (var isSimpler = true; isSimpler && !IsOver(); )
        {
            isSimpler = false;
            foreach (var way in ConversationShrinker.Ways)
            {
                while (await FindSimplerAsync(seed, way, failing, trial, IsOver) is { } simpler)
                {
                    (failing, trial) = simpler;
                    isSimpler = true;
                }
            }
        }

        return (failing, trial);
    }

    private async Task<(Conversation, Trial)?> FindSimplerAsync(
        ulong seed,
        Func<Conversation, IEnumerable<Conversation>> way,
        Conversation failing,
        Trial failed,
        Func<bool> isOver
    )
    {
        var simpler = way(failing)
            .Select(Fit)
            .Where(candidate => ConversationShrinker.IsSimpler(candidate, failing) && candidate.IsValid(model))
            .TakeWhile(_ => !isOver())
            .Where(candidate => _tried.Add(candidate.Key));
        foreach (var candidate in simpler)
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
        one.Failure is { } failure
        && other.Failure is { } again
        && again.Symptom == failure.Symptom
        && again.IsByTime == failure.IsByTime
        && again.IsByKill == failure.IsByKill
        && again.ExitCode is null == failure.ExitCode is null;
}
