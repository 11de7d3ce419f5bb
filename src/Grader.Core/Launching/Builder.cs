using System.ComponentModel;
using System.Text.RegularExpressions;
using Grader.Checks;
using Grader.Hosting;
using Grader.Sandboxing;

namespace Grader.Launching;

/// <summary>Builds a submission in its workspace, once.</summary>
internal sealed partial class Builder(Workspace workspace, Limits limits, TimeProvider time, Log log)
{
    private const int ToldLines = 12;

    // Of a shell, and of env.
    private const int NotFound = 127;

    // A compiler holds more than what it makes.
    private const long LeastMemory = 2_000_000_000;

    /// <returns>The commands that start its programs, with what was built filled in.</returns>
    /// <exception cref="CheckFailedException">The build failed.</exception>
    /// <exception cref="EnvironmentException">A tool is missing, the build needs the network, or the disk is full.</exception>
    public async Task<Recipe> BuildAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        try
        {
            return await TryBuildAsync(recipe, cancellationToken);
        }
        catch (CheckFailedException)
        {
            workspace.RequireRoom();
            throw;
        }
    }

    private async Task<Recipe> TryBuildAsync(Recipe recipe, CancellationToken cancellationToken)
    {
        foreach (var (name, content) in recipe.Extras)
        {
            await File.WriteAllTextAsync(Path.Combine(workspace.Built, name), content, cancellationToken);
        }

        var variables = recipe.Build.Count > 0 ? BuildEnvironment.Make(workspace) : [];
        workspace.HandOver();
        if (recipe.Build.Count > 0)
        {
            await RunAllAsync(recipe, variables, cancellationToken);
        }

        return FillIn(recipe);
    }

    private async Task RunAllAsync(
        Recipe recipe,
        Dictionary<string, string> variables,
        CancellationToken cancellationToken
    )
    {
        // In a network with nobody in it; what the build leaves running ends with it.
        await using var host = await Hosts.OpenAsync();
        variables[Host.CookieVariable] = host.Cookie;
        var clock = new FairClock(limits.Build, time);
        Task RunAsync(IReadOnlyList<IReadOnlyList<string>> commands) =>
            RunAllAsync(recipe.Source, commands, host, variables, clock, cancellationToken);

        await RunAnyAsync([recipe.Build, .. recipe.OtherBuilds]);
        if (recipe.BuildByName.Count > 0 && recipe.FindArtifact?.Invoke(workspace.Built) is null)
        {
            // Where there is no rule for it either, it is told that nothing was made.
            _ = await SucceedsAsync(RunAsync(recipe.BuildByName));
        }

        async Task RunAnyAsync(List<IReadOnlyList<IReadOnlyList<string>>> ways)
        {
            try
            {
                await RunAsync(ways[0]);
            }
            catch (CheckFailedException) when (ways.Count > 1)
            {
                await RunAnyAsync(ways[1..]);
            }
            catch (EnvironmentException) when (ways.Count > 1 && clock.Verdict is null)
            {
                if (!await SucceedsAsync(RunAnyAsync(ways[1..])))
                {
                    // That the machine is not what the program is for is nobody's fault, whatever another way brought.
                    throw;
                }
            }
        }

        static async Task<bool> SucceedsAsync(Task build)
        {
            try
            {
                await build;
                return true;
            }
            catch (CheckFailedException)
            {
                return false;
            }
        }
    }

    private async Task RunAllAsync(
        string source,
        IReadOnlyList<IReadOnlyList<string>> commands,
        Host host,
        IReadOnlyDictionary<string, string> variables,
        FairClock clock,
        CancellationToken cancellationToken
    )
    {
        foreach (var command in commands)
        {
            await RunAsync(source, command, host, variables, clock, cancellationToken);
        }
    }

    private async Task RunAsync(
        string source,
        IReadOnlyList<string> words,
        Host host,
        IReadOnlyDictionary<string, string> variables,
        FairClock clock,
        CancellationToken cancellationToken
    )
    {
        var output = new Output(log, workspace.Relative);
        var errors = new Output(log, workspace.Relative);
        log.Add($"build | {string.Join(' ', words)}");
        var command = Programs
            .Prepare(source, words, Stint.Build, workspace, variables)
            .WithStandardOutputPipe(output.Stdout)
            .WithStandardErrorPipe(errors.Stderr);
        CommandResult result;
        string? excess;
        try
        {
            (result, excess) = await ExecuteAsync(command, host, clock, cancellationToken);
        }
        catch (Win32Exception e)
        {
            throw new EnvironmentException($"{words[0]} cannot be started: {e.Message}");
        }
        catch (OperationCanceledException) when (clock.Verdict is { } verdict)
        {
            throw verdict == LimitVerdict.Starved
                ? new StarvedException("the build limit", limits.Build)
                : new EnvironmentException(
                    $"the build did not end within the limit of {Text.Duration(limits.Build)}: {string.Join(' ', words)}"
                );
        }

        if (excess is not null)
        {
            throw new CheckFailedException(
                new Failure("a program that builds", $"{words[0]} was ended by the grader: it had {excess}")
                {
                    Symptom = Symptom.NotBuilt,
                    Hint = "Build it the same way at home, and see what it makes.",
                }
            );
        }

        if (!result.IsSuccess)
        {
            throw Explain(words, result, ReadLines(errors), ReadLines(output));
        }
    }

    /// <exception cref="OperationCanceledException">The limit struck, or the grading was interrupted.</exception>
    private async Task<(CommandResult Result, string? Excess)> ExecuteAsync(
        Command command,
        Host host,
        FairClock clock,
        CancellationToken cancellationToken
    )
    {
        await using var guard = new TreeGuard(
            host.FindProcesses,
            Math.Max(LeastMemory, limits.Memory),
            _ => FindExcess(),
            host.KillAllAsync
        );
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            var task = await host.RunAsync(() => command.ExecuteAsync(end.Token));
            await CountAsync(task, host, clock, end);
            var result = await task.Task;
            return (result, guard.Exceeded ?? (result.IsSuccess ? FindExcess() : null));
        }
        finally
        {
            // Whatever it left running does not go on beside the next command.
            await host.KillAllAsync();
        }
    }

    private string? FindExcess() => workspace.FindExcess(Stint.Build);

    private static async Task CountAsync(CommandTask task, Host host, FairClock clock, CancellationTokenSource end)
    {
        clock.Start();
        while (await Task.WhenAny(task.Task, Task.Delay(FairClock.Tick)) != task.Task)
        {
            clock.Count(
                host.CanObserve ? ProcessTable.Sample(host.FindProcesses()) : ProcessTable.SamplePlainly(task.ProcessId)
            );
            if (clock.Verdict is not null)
            {
                await end.CancelAsync();
                return;
            }
        }
    }

    // Maven ends colours even where it wrote none, and on another stream than its errors.
    private static List<string> ReadLines(Output output) =>
        [.. output.Last().Select(line => Colour().Replace(line, "")).SkipWhile(string.IsNullOrWhiteSpace)];

    private static Exception Explain(
        IReadOnlyList<string> words,
        CommandResult result,
        List<string> errors,
        List<string> output
    )
    {
        if (errors.Concat(output).FirstOrDefault(line => NeedsNetwork().IsMatch(line)) is { } line)
        {
            return new EnvironmentException($"the build needs packages from the network: {line.Trim()}");
        }

        // A makefile may go on without one.
        var endedForIt = result.ExitCode == NotFound || errors.Concat(output).Any(line => MakeEnded().IsMatch(line));
        if (
            errors
                .Concat(output)
                .FirstOrDefault(line => ToolIsOld().IsMatch(line) || (endedForIt && ToolIsMissing().IsMatch(line))) is
            { } missing
        )
        {
            return new EnvironmentException(
                $"the build needs a tool that this machine has not, or a newer one: {missing.Trim()}"
            );
        }

        if (errors.Concat(output).FirstOrDefault(line => MachineIsShort().IsMatch(line)) is { } lack)
        {
            return new EnvironmentException($"the machine ran short during the build: {lack.Trim()}");
        }

        if (result.ExitCode == ExitCodes.Killed)
        {
            return new EnvironmentException(
                $"{words[0]} {ExitCodes.Describe(result.ExitCode)} during the build, perhaps for want of memory; grade again, with fewer jobs"
            );
        }

        return new CheckFailedException(
            new Failure(
                "a program that builds",
                $"{words[0]} {ExitCodes.Describe(result.ExitCode)}: {string.Join(' ', words)}"
            )
            {
                Symptom = Symptom.NotBuilt,
                Output = [.. (errors.Count > 0 ? errors : output).TakeLast(ToldLines)],
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
                    Symptom = Symptom.NotBuilt,
                    Hint = "See that the build leaves the server's program in the folder.",
                }
            );
        string Fill(string word) => word.Replace(Recipe.Artifact, artifact, StringComparison.Ordinal);
        return recipe with
        {
            Server = recipe.Server is { } server ? [.. server.Select(Fill)] : null,
            Client = recipe.Client is { } client ? [.. client.Select(Fill)] : null,
        };
    }

    // NuGet's errors for packages and sources that cannot be had; npm's and Maven's for hosts that cannot be reached;
    // and what npm, Maven, Go and cargo say when they were told not to try.
    [GeneratedRegex(
        @"error NU1[0-9]{3}\b|error NETSDK1127\b|\bENOTFOUND\b|UnknownHostException"
            + @"|'only-if-cached'|\bnotarget No matching version\b|Cannot access .* in offline mode"
            + @"|disabled by GOPROXY=off|no matching package named|using offline mode|--offline was specified"
    )]
    private static partial Regex NeedsNetwork();

    // What Go and cargo say of sources for a later version of theirs, and .NET of another SDK.
    [GeneratedRegex(
        @"\binvalid go version\b|\brequires go >= |\block file version\b.*\bunderstand|\bfeature `edition20\d\d` is required"
            + @"|error NETSDK1045\b|error MSB3644\b|\bcompatible \.NET SDK was not found"
    )]
    private static partial Regex ToolIsOld();

    // What make and shells say of a program that is no file of the student's.
    [GeneratedRegex(
        @"^make(\[\d+\])?: [\w+-][\w+.-]*: No such file or directory$"
            + @"|^(\.{3}/)?(ba)?sh: (line )?(\d+: )?[\w+-][\w+.-]*: (command )?not found$"
    )]
    private static partial Regex ToolIsMissing();

    [GeneratedRegex(@"^make(\[\d+\])?: \*\*\* .* Error 127$")]
    private static partial Regex MakeEnded();

    // What the C library says of ENOSPC, ENOMEM, EMFILE and EDQUOT, at the end of a line, since a compiler shows lines of
    // source as well; what gcc, ld, Go, cargo, make and MSBuild say of a part of theirs that was killed; and Java of its start.
    [GeneratedRegex(
        @"[:\]] (?:No space left on device|Cannot allocate memory|Too many open files|Disk quota exceeded)'?\s*$"
            + @"|: Killed signal terminated program |\bterminated with signal 9\b|: signal: killed$|\(signal: 9, SIGKILL"
            + @"|^make.*\] Killed$|\bexited with code 137\b|\binsufficient memory for the Java Runtime Environment\b"
    )]
    private static partial Regex MachineIsShort();

    // As it is shown: what steers a terminal is spelt out.
    [GeneratedRegex(@"\\u\{1b\}\[[0-9;]*m")]
    private static partial Regex Colour();
}
