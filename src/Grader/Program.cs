using System.CommandLine;
using Grader;
using Grader.Hosting;

NetworkRights.Acquire(args);

// Looks at the kernel's tables block a thread for a moment each, and two cores give a pool of two.
ThreadPool.SetMinThreads(32, 32);

var parsed = CommandLine.Create(new Screen()).Parse(args);
if (parsed.Errors.Count > 0)
{
    Screen.Error($"{CommandLine.Explain(parsed)}. See {CommandLine.HelpFor(parsed)}.");
    return ExitCode.Usage;
}

try
{
    return await parsed.InvokeAsync(
        new InvocationConfiguration
        {
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
        }
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
