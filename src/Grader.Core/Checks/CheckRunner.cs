using Grader.Hosting;
using Grader.Launching;
using Grader.Transcripts;

namespace Grader.Checks;

/// <summary>One run of a check.</summary>
/// <param name="Failure">What it saw instead of what it asked for; null when it passed.</param>
/// <param name="Transcript">What went over the wire.</param>
/// <param name="Connections">How many clients the server had had before.</param>
internal sealed record Trial(Failure? Failure, IReadOnlyList<TranscriptLine> Transcript, int Connections);

/// <summary>Runs a check against a submission's server, and gathers the evidence when it fails.</summary>
internal sealed class CheckRunner(Assignment assignment, Limits limits, FairClock clock, TimeProvider time)
{
    /// <exception cref="EnvironmentException">The machine was too busy to say anything of the server, or its disk is full.</exception>
    /// <exception cref="OperationCanceledException">The grading was interrupted, or the limit of the submission struck.</exception>
    public async Task<Trial> RunAsync(Stage stage, Lesson lesson, Check check, CancellationToken cancellationToken)
    {
        var transcript = new Transcript(time);
        try
        {
            await stage.PrepareAsync();
        }
        catch (CheckFailedException e)
        {
            stage.RequireRoom();
            return new Trial(e.Failure, transcript.Read(), 0);
        }

        var connections = stage.Connections;
        var failure = await RunToFailureAsync(stage, lesson, check, transcript, cancellationToken);
        if (failure is not null)
        {
            stage.RequireRoom();
        }

        return new Trial(failure, transcript.Read(), connections);
    }

    private async Task<Failure?> RunToFailureAsync(
        Stage stage,
        Lesson lesson,
        Check check,
        Transcript transcript,
        CancellationToken cancellationToken
    )
    {
        var clients = stage.Clients is { } launcher
            ? new ClientBench(launcher, limits, clock, time, transcript, cancellationToken)
            : null;
        await using var watch = new Watch(
            () => clients is { IsRunning: true } ? null : stage.Server,
            // Each run of a client has the limit of a check, and says itself what it was about when that struck.
            clients is null
                ? limits
                : limits with
                {
                    Check = limits.Submission,
                },
            clock,
            time,
            cancellationToken
        );
        await using var bench = new Bench(stage, watch, transcript, assignment, check.Id, lesson, clients);
        var output = stage.Server?.Output;
        var mark = output is null ? 0 : await output.MarkStderrAsync(cancellationToken);
        try
        {
            await check.Run(bench);
            await bench.VerifyNoCrashAsync(cancellationToken);
            return null;
        }
        catch (Exception e)
            when (e is CheckFailedException or OperationCanceledException && watch.Finding == Finding.Starved)
        {
            throw new StarvedException("the limit of a check", limits.Check);
        }
        catch (CheckFailedException e)
        {
            return await AddEvidenceAsync(e.Failure, bench, stage, watch.Finding, output, mark, cancellationToken);
        }
        catch (OperationCanceledException) when (watch.Finding is { } finding)
        {
            // Between two waits: what the server was asked for cannot be said.
            var cut = new Failure("a conversation that comes to its end", "it was broken off")
            {
                DependsOnTiming = true,
            };
            return await AddEvidenceAsync(cut, bench, stage, finding, output, mark, cancellationToken);
        }
    }

    // While the clients are still connected: what a server says when we hang up is no part of the failure.
    private async Task<Failure> AddEvidenceAsync(
        Failure failure,
        Bench bench,
        Stage stage,
        Finding? finding,
        Output? before,
        int mark,
        CancellationToken cancellationToken
    )
    {
        if (stage.Server is not { } server)
        {
            return failure;
        }

        var settled = await server.SettleAsync(Settling.Briefly, cancellationToken);
        if (
            failure is { Client: { } client, Reply: { IsEmpty: true } reply }
            && bench.HasMisdelivered(client, reply.Expected)
        )
        {
            failure = failure with { Symptom = Symptom.Misdelivered };
        }

        int? code = settled == Settled.Ended ? await server.GetExitCodeAsync() : null;
        var state =
            code is not null ? server.DescribeEnd(code.Value)
            // Where chance decides what it waits for, only that it runs is told.
            : finding is { } found && !(found == Finding.Stalled && failure.DependsOnTiming)
                ? await server.DescribeAsync(found, limits, cancellationToken)
            : server.IsListening ? "is running"
            : "is running, and listens no more";
        var lines = await server.Output.SettledStderrAsync(server.Output == before ? mark : 0, cancellationToken);
        if (finding is not null || failure.Run?.Finding is not null)
        {
            // It may never recover, and its neighbours shall not pay for it.
            await stage.DropAsync();
        }

        return failure with
        {
            Server = failure.Server ?? state,
            IsByTime = failure.IsByTime || finding is not null,
            // Of a pair it may be the client.
            IsByKill = failure.IsByKill || (code is not null && server.WasKilled(code.Value)),
            ExitCode = server.Exceeded is null ? code : null,
            IsByExcess = failure.IsByExcess || server.Exceeded is not null,
            Output = failure.Output.Count > 0 ? failure.Output : Output.Excerpt(lines),
        };
    }
}
