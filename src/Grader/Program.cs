using System.CommandLine;
using System.Runtime.InteropServices;
using Grader;
using Grader.Hosting;

try
{
    NetworkRights.Acquire(args);
}
catch (UsageException e)
{
    Screen.Error(e.Message);
    return ExitCode.Usage;
}

// Looks at the kernel's tables block a thread for a moment each, and two cores give a pool of two.
ThreadPool.SetMinThreads(32, 32);

using var screen = new Screen();
var command = CommandLine.Create(screen);
if (args.Length == 0)
{
    command.Parse(["--help"]).Invoke();
    return ExitCode.Usage;
}

var parsed = command.Parse(args);

if (parsed.Errors.Count > 0)
{
    Screen.Error(CommandLine.Explain(parsed));
    return ExitCode.Usage;
}

using var interrupt = new CancellationTokenSource();

// The second time whoever is at the keyboard is in a hurry; what still runs is ended nevertheless, see LastWill.
void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = true;
    if (interrupt.IsCancellationRequested && signal.Signal != PosixSignal.SIGHUP)
    {
        Environment.Exit(ExitCode.Interrupted);
    }

    _ = interrupt.CancelAsync();
}

// A terminal that closes is an interruption as well: what was started must not outlive it.
using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var onEnd = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
using var onHangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Interrupt);

try
{
    return await parsed.InvokeAsync(
        new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null },
        interrupt.Token
    );
}
catch (UsageException e)
{
    Screen.Error(e.Message);
    return ExitCode.Usage;
}
catch (OperationCanceledException)
{
    Screen.Error("interrupted.");
    return ExitCode.Interrupted;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException or EnvironmentException)
{
    Screen.Error(e.Message);
    return ExitCode.Error;
}
