using Grader.Checks;
using Grader.Hosting;
using Grader.Launching;

namespace Grader.Fuzzing;

/// <summary>Has random conversations with a submission's server until one goes wrong, and cuts that one down.</summary>
public sealed class Fuzzer(GradingOptions options, TimeProvider time)
{
    // Nothing ends it but its last conversation; each of those has a limit.
    private static readonly TimeSpan Unlimited = TimeSpan.FromDays(10);

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
        var log = new Log(options.Limits.Output);
        var clock = new FairClock(Unlimited, time);
        using var workspace = Workspace.Create();
        workspace.CopyIn(submission.Folder);
        var recipe = RecipeFinder.Find(workspace.Built, assignment.Stems, options.Recipes);
        recipe.RequireServer();
        recipe = await new Builder(workspace, options.Limits, log).BuildAsync(recipe, cancellationToken);
        using var turn = await Hosts.TakeTurnAsync(cancellationToken);
        var launcher = new Launcher(recipe, workspace, options.Limits, clock, log);
        await using var stage = new Stage(launcher, cancellationToken);
        var runner = new CheckRunner(assignment, options.Limits, clock, time);
        var hunt = new Hunt(assignment, stage, runner, time, cancellationToken);
        return await hunt.RunAsync(seed, runs, progress) with { Recipe = recipe.Source };
    }
}
