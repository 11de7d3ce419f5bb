namespace Grader;

/// <summary>The instructor's or caller's fault: one line that names file, place, value and remedy; exit code 2.</summary>
public sealed class UsageException(string what, string remedy)
    : Exception($"{what}; {remedy}{(remedy.EndsWith('?') ? "" : ".")}");

/// <summary>The machine's fault, such as a missing tool: an error in the report, never a lost point.</summary>
public sealed class EnvironmentException(string message) : Exception(message);
