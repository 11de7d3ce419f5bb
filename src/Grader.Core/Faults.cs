using Grader.Hosting;

namespace Grader;

/// <summary>The instructor's or caller's fault: one line that names file, place, value and remedy; exit code 2.</summary>
public sealed class UsageException(string what, string remedy)
    : Exception($"{what}; {remedy}{(remedy.EndsWith('?') ? "" : ".")}");

/// <summary>The machine's fault, such as a missing tool: an error in the report, never a lost point.</summary>
public class EnvironmentException(string message) : Exception(message);

/// <summary>The machine was too busy to tell a slow program from one that was never given a processor.</summary>
/// <param name="limit">"the start limit".</param>
/// <param name="length">How long it is.</param>
public sealed class StarvedException(string limit, TimeSpan length)
    : EnvironmentException(
        $"the machine is too busy: in {FairClock.Patience} times {limit} ({Text.Duration(length)}) the program could run for less than that; grade again, with fewer jobs or when less else runs"
    );
