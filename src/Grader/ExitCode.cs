namespace Grader;

/// <summary>What the command tells the shell.</summary>
internal static class ExitCode
{
    public const int Fine = 0;

    /// <summary><c>check</c>: a counted check failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong use, wrong configuration, or nothing selected.</summary>
    public const int Usage = 2;

    /// <summary>Something could not be graded because of the machine, or a fault of ours.</summary>
    public const int Error = 3;

    public const int Interrupted = 130;
}
