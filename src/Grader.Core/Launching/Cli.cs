using System.Diagnostics;

namespace Grader.Launching;

// The CliWrap package does not restore yet. This file has its shape, and goes when it does.

/// <summary>Where a command begins: <c>Cli.Wrap("python3").WithArguments(...)</c>.</summary>
public static class Cli
{
    public static Command Wrap(string targetFilePath) => new(targetFilePath);
}

/// <summary>A program to run, as an immutable value.</summary>
public sealed record Command(string TargetFilePath)
{
    public IReadOnlyList<string> Arguments { get; private init; } = [];

    public string WorkingDirPath { get; private init; } = Directory.GetCurrentDirectory();

    /// <summary>Set over the inherited environment; a null value removes the variable.</summary>
    public IReadOnlyDictionary<string, string?> EnvironmentVariables { get; private init; } =
        new Dictionary<string, string?>();

    public PipeSource StandardInputPipe { get; private init; } = PipeSource.Null;

    public PipeTarget StandardOutputPipe { get; private init; } = PipeTarget.Null;

    public PipeTarget StandardErrorPipe { get; private init; } = PipeTarget.Null;

    public Command WithArguments(IReadOnlyList<string> arguments) => this with { Arguments = arguments };

    public Command WithWorkingDirectory(string path) => this with { WorkingDirPath = path };

    public Command WithEnvironmentVariables(IReadOnlyDictionary<string, string?> variables) =>
        this with
        {
            EnvironmentVariables = variables,
        };

    public Command WithStandardInputPipe(PipeSource source) => this with { StandardInputPipe = source };

    public Command WithStandardOutputPipe(PipeTarget target) => this with { StandardOutputPipe = target };

    public Command WithStandardErrorPipe(PipeTarget target) => this with { StandardErrorPipe = target };

    /// <summary>Starts the program on the calling thread; the task ends with the program and its pipes.</summary>
    /// <param name="forceful">Ends the program; the task is cancelled then.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public CommandTask ExecuteAsync(CancellationToken forceful = default)
    {
        var start = new ProcessStartInfo(TargetFilePath, Arguments)
        {
            WorkingDirectory = WorkingDirPath,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in EnvironmentVariables)
        {
            start.Environment[name] = value;
        }

        var process = new Process { StartInfo = start };
        process.Start();
        return new CommandTask(process.Id, RunAsync(process, forceful));
    }

    private async Task<CommandResult> RunAsync(Process process, CancellationToken forceful)
    {
        using var _ = process;
        await using var kill = forceful.Register(() => process.Kill(entireProcessTree: true));
        using var stdin = CancellationTokenSource.CreateLinkedTokenSource(forceful);

        var input = StandardInputPipe.CopyToAsync(process.StandardInput.BaseStream, stdin.Token);
        var output = Task.WhenAll(
            StandardOutputPipe.CopyFromAsync(process.StandardOutput.BaseStream, forceful),
            StandardErrorPipe.CopyFromAsync(process.StandardError.BaseStream, forceful)
        );

        await process.WaitForExitAsync(CancellationToken.None);
        await stdin.CancelAsync();
        try
        {
            await input;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The program ended without reading all of its input, which is its right.
        }

        // A forked child may hold the pipes open after its parent is gone, so even this wait can be cancelled.
        await output.WaitAsync(forceful);
        // How a program ends that is ended from here says nothing of it.
        forceful.ThrowIfCancellationRequested();
        return new CommandResult(process.ExitCode);
    }
}

/// <summary>A program that runs.</summary>
public sealed record CommandTask(int ProcessId, Task<CommandResult> Task);

/// <summary>How a program ended; 128 + N stands for signal N.</summary>
public sealed record CommandResult(int ExitCode)
{
    public bool IsSuccess => ExitCode == 0;
}

/// <summary>Where a program's standard input comes from.</summary>
public sealed class PipeSource(Func<Stream, CancellationToken, Task> copy)
{
    public static PipeSource Null { get; } = Create((_, _) => Task.CompletedTask);

    public static PipeSource Create(Func<Stream, CancellationToken, Task> copy) => new(copy);

    internal async Task CopyToAsync(Stream stdin, CancellationToken cancellationToken)
    {
        await using var _ = stdin;
        await copy(stdin, cancellationToken);
    }
}

/// <summary>Where a program's output goes.</summary>
public sealed class PipeTarget(Func<Stream, CancellationToken, Task> copy)
{
    public static PipeTarget Null { get; } = Create((stdout, token) => stdout.CopyToAsync(Stream.Null, token));

    public static PipeTarget Create(Func<Stream, CancellationToken, Task> copy) => new(copy);

    internal async Task CopyFromAsync(Stream output, CancellationToken cancellationToken)
    {
        await using var _ = output;
        await copy(output, cancellationToken);
    }
}
