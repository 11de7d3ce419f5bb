namespace Grader.Launching;

/// <summary>Says what an exit code means.</summary>
internal static class ExitCodes
{
    /// <summary>Of a program that SIGKILL ended: another one did that, such as a kernel that has run out of memory.</summary>
    public const int Killed = 128 + 9;

    private static readonly Dictionary<int, string> Signals = new()
    {
        [1] = "SIGHUP",
        [2] = "SIGINT",
        [3] = "SIGQUIT",
        [4] = "SIGILL",
        [6] = "SIGABRT",
        [7] = "SIGBUS",
        [8] = "SIGFPE",
        [9] = "SIGKILL",
        [11] = "SIGSEGV",
        [13] = "SIGPIPE",
        [14] = "SIGALRM",
        [15] = "SIGTERM",
    };

    public static string Describe(int code) =>
        code < 0 ? "has ended, and what it left behind holds its output"
        : Signals.TryGetValue(code - 128, out var signal) ? $"was ended by {signal}"
        : $"exited with code {code}";
}
