using Grader.Launching;
using Grader.Scoring;

namespace Grader.Checks;

/// <summary>What became of a check, and the runs that say so: of a flaky one the run that failed and the one that passed.</summary>
internal sealed record Judgement(Outcome Outcome, IReadOnlyList<Trial> Trials);

/// <summary>Runs a check, and runs it again where a clock or a kill says that it failed: bytes tell the truth, those may not.</summary>
internal sealed class CheckJudge(CheckRunner runner)
{
    // A server whose stalls were the same again so many times, and never once different, stalls for no reason of ours.
    private const int Convincing = 5;

    private readonly List<(Lesson Lesson, Check Check)> _earlier = [];
    private Server? _server;
    private int _confirmed;
    private bool _wasRefuted;

    public async Task<Judgement> JudgeAsync(
        Stage stage,
        Lesson lesson,
        Check check,
        CancellationToken cancellationToken
    )
    {
        // A stall ends the server, and what it has been through with it.
        (Lesson, Check)[] earlier = [.. _earlier];
        var trial = await RunAsync(stage, lesson, check, cancellationToken);
        return trial.Failure is null ? new Judgement(Outcome.Passed, [trial])
            : !(trial.Failure.IsByKill || (trial.Failure.IsByTime && !IsConvinced))
                ? new Judgement(Outcome.Failed, [trial])
            : await TryAgainAsync(trial, earlier, stage, lesson, check, cancellationToken);
    }

    private bool IsConvinced => _confirmed >= Convincing && !_wasRefuted;

    private async Task<Judgement> TryAgainAsync(
        Trial first,
        (Lesson Lesson, Check Check)[] earlier,
        Stage stage,
        Lesson lesson,
        Check check,
        CancellationToken cancellationToken
    )
    {
        await stage.DropAsync();
        var alone = await RunAsync(stage, lesson, check, cancellationToken);
        if (alone.Failure is not null)
        {
            _confirmed += first.Failure!.IsByTime ? 1 : 0;
            return new Judgement(Outcome.Failed, [first, alone]);
        }

        if (first.Connections > 0)
        {
            await stage.DropAsync();
            foreach (var (its, before) in earlier)
            {
                await RunAsync(stage, its, before, cancellationToken);
            }

            var after = await RunAsync(stage, lesson, check, cancellationToken);
            if (after.Failure is not null)
            {
                var connections = Text.Count(first.Connections, "earlier connection");
                return new Judgement(
                    Outcome.Failed,
                    [first with { Failure = first.Failure! with { OnlyAfter = connections } }, after]
                );
            }
        }

        _wasRefuted = true;
        return new Judgement(Outcome.Flaky, [first, alone]);
    }

    // Remembers what the server that runs has been through.
    private async Task<Trial> RunAsync(Stage stage, Lesson lesson, Check check, CancellationToken cancellationToken)
    {
        var trial = await runner.RunAsync(stage, lesson, check, cancellationToken);
        if (stage.Server != _server)
        {
            _server = stage.Server;
            _earlier.Clear();
        }

        if (_server is not null)
        {
            _earlier.Add((lesson, check));
        }

        return trial;
    }
}
