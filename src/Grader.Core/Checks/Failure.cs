namespace Grader.Checks;

/// <summary>What a check saw instead of what it asked for; every report format is rendered from it.</summary>
public sealed record Failure(string Expected, string Actual)
{
    public Symptom Symptom { get; init; }

    /// <summary>The bytes of a <see cref="Symptom.WrongReply"/>.</summary>
    public Reply? Reply { get; init; }

    /// <summary>What a client did that was run, of which all else here is told.</summary>
    public ClientRun? Run { get; init; }

    /// <summary>Whose reply it was, as the transcript calls it: "client B".</summary>
    public string? Client { get; init; }

    /// <summary>How many bytes had come on its connection before that reply.</summary>
    public int HeardBefore { get; init; }

    /// <summary>Of a server that ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The column of the first wrong character, the same in Expected and Actual.</summary>
    public int? Caret { get; init; }

    /// <summary>What the server was doing: "exited with code 1".</summary>
    public string? Server { get; init; }

    /// <summary>What the client did that was run: "exited with code 1".</summary>
    public string? ClientState { get; init; }

    /// <summary>The last lines that the compiler, or the server on stderr, wrote.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    /// <summary>Whether the server stalls or goes on with wrong bytes is decided by chance, so that it is not told.</summary>
    public bool DependsOnTiming { get; init; }

    /// <summary>Whether time decided it, a stall or a limit, so that it is run again before it is believed.</summary>
    public bool IsByTime { get; init; }

    /// <summary>Whether SIGKILL ended the program, which is another one's doing: likewise.</summary>
    public bool IsByKill { get; init; }

    /// <summary>Whether the grader ended the program for having too much: memory, threads, files.</summary>
    public bool IsByExcess { get; init; }

    /// <summary>What must come before it, where the check passes on a server that is fresh.</summary>
    public string? OnlyAfter { get; init; }

    /// <summary>More to the point than the check's own hint, where the cause is known.</summary>
    public string? Hint { get; init; }

    /// <summary>What to look for.</summary>
    /// <param name="usual">The hint of the check.</param>
    public string ChooseHint(string usual) =>
        IsByExcess
            ? "Look for a loop that takes ever more, and gives nothing back: memory, threads, processes, files."
            : Hint ?? usual;
}

/// <summary>The student's fault: the check fails.</summary>
public class CheckFailedException(Failure failure) : Exception($"{failure.Expected} / {failure.Actual}")
{
    public Failure Failure { get; } = failure;
}
