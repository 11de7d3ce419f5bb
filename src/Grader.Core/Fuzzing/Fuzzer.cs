using Grader.Checks;
using Grader.Hosting;
using Grader.Intake;
using Grader.Launching;
using Grader.Sandboxing;

namespace Grader.Fuzzing;

/// <summary>Has random conversations with a submission's server until one goes wrong, and cuts that one down.</summary>
public sealed class Fuzzer(GradingOptions options, TimeProvider time)
{
    // Nothing ends it but its last conversation; each of those has a limit.
    private static readonly TimeSpan Unlimited = TimeSpan.FromDays(10);

    // A conversation waits for the server as often as ten checks do, and more often where it holds others before it.
    private const int ChecksOfAConversation = 10;

    /// <param name="assignment">One that has a model of conversations.</param>
    /// <param name="submission">What was handed in.</param>
    /// <param name="seed">Of the first conversation; each after it has the next one.</param>
    /// <param name="runs">How many conversations at most.</param>
    /// <param name="progress">Told what goes on.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <exception cref="CheckFailedException">The server cannot be built, or does not listen.</exception>
    /// <exception cref="EnvironmentException">The machine cannot run the submission.</exception>
    public async Task<Fuzzed> RunAsync(
        Assignment assignment,
        Submission submission,
        ulong seed,
        int runs,
        Action<string>? progress,
        CancellationToken cancellationToken
    )
    {
        var model =
            assignment.Conversations
            ?? throw new EnvironmentException($"{assignment.Id} has no model of conversations");
        Workspace? workspace = null;
        try
        {
            Exhaustion.RequireFiles();
            workspace = Workspace.Create((await Sandboxes.FindAsync(options.Sandbox)).Sandbox, options.Packages);
            return await RunAsync(assignment, model, submission, seed, runs, progress, workspace, cancellationToken);
        }
        catch (Exception e) when (e is not (CheckFailedException or OperationCanceledException))
        {
            throw new EnvironmentException(SubmissionGrader.Tell(e, workspace));
        }
        finally
        {
            workspace?.Dispose();
        }
    }

    private async Task<Fuzzed> RunAsync(
        Assignment assignment,
        ConversationModel model,
        Submission submission,
        ulong seed,
        int runs,
        Action<string>? progress,
        Workspace workspace,
        CancellationToken cancellationToken
    )
    {
        var log = new Log(options.Limits.Output);
        var clock = new FairClock(Unlimited, time);
        await submission.CopyIntoAsync(workspace, cancellationToken);
        var recipe = RecipeFinder.Find(workspace.Built, assignment.Stems, options.Recipes);
        recipe.Require(Part.Server);
        var builder = new Builder(workspace, options.Limits, time, log);
        recipe = await builder.BuildAsync(recipe, cancellationToken);
        using var turn = await Hosts.TakeTurnAsync(cancellationToken);
        var launcher = new Launcher(recipe, workspace, options.Limits, clock, log);
        await using var stage = new Stage(launcher, cancellationToken);
        var limits = options.Limits with { Check = ChecksOfAConversation * options.Limits.Check };
        var runner = new CheckRunner(assignment, limits, clock, time);
        var hunt = new Hunt(model, stage, runner, time, cancellationToken);
        return await hunt.RunAsync(seed, runs, progress) with { Recipe = recipe.Source };
    }
}
