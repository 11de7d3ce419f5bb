using System.Text.RegularExpressions;
using Grader.Checks;

namespace Grader.Launching;

/// <summary>Builds a submission in its workspace, once.</summary>
internal sealed partial class Builder(Workspace workspace, Limits limits, Log log)
{
    /// <returns>The command that starts the server, with what was built filled in.</returns>
    /// <exception cref="CheckFailedException">The build failed.</exception>
    /// <exception cref="EnvironmentException">A tool is missing, or the build needs the network.</exception>
    public async Task<Recipe> BuildAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        foreach (var (name, content) in recipe.Extras)
        {
            await File.WriteAllTextAsync(Path.Combine(workspace.Built, name), content, cancellationToken);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(limits.Build);
        foreach (var command in recipe.Build)
        {
            await RunAsync(recipe.Source, command, limit.Token, cancellationToken);
        }

        return FillIn(recipe);
    }

    private async Task RunAsync(
        string source,
        IReadOnlyList<string> words,
        CancellationToken limit,
        CancellationToken cancellationToken
    )
    {
        var output = new Output(log, workspace.Relative);
        log.Add($"build | {string.Join(' ', words)}");
        var command = Programs
            .Prepare(source, words, workspace.Built, workspace, new Dictionary<string, string>())
            .WithStandardOutputPipe(output.Stdout)
            .WithStandardErrorPipe(output.Stderr);
        CommandResult result;
        try
        {
            result = await command.ExecuteAsync(limit).Task;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EnvironmentException(
                $"the build did not end within the limit of {Text.Duration(limits.Build)}: {string.Join(' ', words)}"
            );
        }

        if (!result.IsSuccess)
        {
            throw Explain(words, result, [.. output.Last().TakeLast(12)]);
        }
    }

    private static Exception Explain(IReadOnlyList<string> words, CommandResult result, IReadOnlyList<string> lines)
    {
        if (lines.FirstOrDefault(line => NeedsNetwork().IsMatch(line)) is { } line)
        {
            return new EnvironmentException($"the build needs packages from the network: {line.Trim()}");
        }

        return new CheckFailedException(
            new Failure("a program that builds", $"{words[0]} {ExitCodes.Describe(result.ExitCode)}")
            {
                Output = lines,
                Hint = "Build it the same way at home, and mend the first error that the compiler names.",
            }
        );
    }

    private Recipe FillIn(Recipe recipe)
    {
        if (recipe.FindArtifact is not { } find)
        {
            return recipe;
        }

        var artifact =
            find(workspace.Built)
            ?? throw new CheckFailedException(
                new Failure("a program that builds", "the build ended without making a program to start")
                {
                    Hint = "See that the build leaves the server's program in the folder.",
                }
            );
        string Fill(string word) => word.Replace(Recipe.Artifact, artifact, StringComparison.Ordinal);
        return recipe with { Server = recipe.Server is { } server ? [.. server.Select(Fill)] : null };
    }

    // NuGet's errors for packages and sources that cannot be had; npm's and Maven's for hosts that cannot be reached.
    [GeneratedRegex(@"error NU1[0-9]{3}\b|error NETSDK1127\b|\bENOTFOUND\b|UnknownHostException")]
    private static partial Regex NeedsNetwork();
}
