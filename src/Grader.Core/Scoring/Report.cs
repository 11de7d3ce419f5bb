using System.Text.Json.Serialization;
using Grader.Checks;
using Grader.Intake;
using Grader.Transcripts;

namespace Grader.Scoring;

/// <summary>What became of a check.</summary>
public enum Outcome
{
    Passed,

    /// <summary>The student's: the server did something wrong.</summary>
    Failed,

    /// <summary>Failed by a stall or a limit, and passed when it was run again; what that is worth, the course says.</summary>
    Flaky,

    /// <summary>Not run, since it could mean nothing; earns nothing.</summary>
    Skipped,

    /// <summary>Ours or the machine's; costs nothing.</summary>
    Error,
}

/// <summary>What became of a submission.</summary>
public enum Grade
{
    Graded,

    /// <summary>The machine's fault or ours: there is no score until it is graded again.</summary>
    Error,

    /// <summary>There is no folder.</summary>
    Missing,
}

/// <summary>One student's result for one assignment: data alone, from which every format is rendered.</summary>
/// <remarks>The same submission gives the same report: no times, no ports of the machine's choosing, no paths.</remarks>
public sealed record Report
{
    public const string SchemaName = "grader/report/v1";

    public string Schema { get; init; } = SchemaName;

    public required string Student { get; init; }

    public required string Assignment { get; init; }

    /// <summary>What was graded, where it is no server: "client", "pair".</summary>
    public string? Subject { get; init; }

    /// <summary>Completes "the ... does".</summary>
    [JsonIgnore]
    public string Who => Subject ?? Grader.Assignment.Server;

    public required Grade Outcome { get; init; }

    /// <summary>Points of the counted checks; null when the submission could not be graded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public int? Score { get; init; }

    public int MaxScore { get; init; }

    /// <summary>Bonus points, outside the score.</summary>
    public int Extra { get; init; }

    public int MaxExtra { get; init; }

    /// <summary>When it was handed in; null where nobody asks, or nothing tells.</summary>
    public HandIn? HandIn { get; init; }

    /// <summary>What lateness cost; null for what was handed in on time.</summary>
    public Lateness? Late { get; init; }

    /// <summary>Why it could not be graded.</summary>
    public string? Error { get; init; }

    /// <summary>How the server was built and started: a file, or a language.</summary>
    public string? Recipe { get; init; }

    /// <summary>What its programs ran in: "bubblewrap", or what it could not do, or "none" and why.</summary>
    public string? Sandbox { get; init; }

    public IReadOnlyList<CheckReport> Checks { get; init; } = [];

    public IReadOnlyList<Cause> Causes { get; init; } = [];

    public IReadOnlyList<Advice> Advice { get; init; } = [];
}

/// <summary>One check's part of a report.</summary>
public sealed record CheckReport
{
    public required string Id { get; init; }

    public required string Lesson { get; init; }

    /// <summary>Completes "the server ...".</summary>
    public required string Title { get; init; }

    public required Outcome Outcome { get; init; }

    public int Points { get; init; }

    public int MaxPoints { get; init; }

    public bool Extra { get; init; }

    /// <summary>Whether the machine could not run it, so that it counts nothing; it is skipped then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Unavailable { get; init; }

    public string? Expected { get; init; }

    public string? Actual { get; init; }

    /// <summary>The column in Expected and Actual of the first wrong character.</summary>
    public int? Caret { get; init; }

    /// <summary>What went over the wire, from the first event that matters; none where chance decides it.</summary>
    public IReadOnlyList<string> Transcript { get; init; } = [];

    /// <summary>What the server did.</summary>
    public string? Server { get; init; }

    /// <summary>What the client did, where one is graded.</summary>
    public string? Client { get; init; }

    /// <summary>The last lines that the server or the compiler wrote.</summary>
    public IReadOnlyList<string> Output { get; init; } = [];

    public string? Teaches { get; init; }

    public string? Hint { get; init; }

    /// <summary>Why it was skipped, or what went wrong on our side.</summary>
    public string? Reason { get; init; }

    /// <summary>"14 earlier connections": what must come before, for it to fail.</summary>
    public string? OnlyAfter { get; init; }

    /// <summary>Of a flaky check the run that failed and the one that passed; else null.</summary>
    public IReadOnlyList<CheckRun>? Runs { get; init; }

    /// <summary>With what a check saw instead of what it asked for.</summary>
    public CheckReport Showing(Failure failure, IReadOnlyList<TranscriptLine> transcript) =>
        this with
        {
            Expected = failure.Expected,
            Actual = failure.Actual,
            Caret = failure.Caret,
            Transcript = Dialogue.Tell(transcript, failure),
            Server = failure.Server,
            Client = failure.ClientState,
            Output = failure.Output,
            OnlyAfter = failure.OnlyAfter,
        };
}

/// <summary>One of several runs of a check: how it ended, and what went over the wire.</summary>
public sealed record CheckRun(Outcome Outcome, IReadOnlyList<string> Transcript);

/// <summary>A misconception that explains failed checks.</summary>
/// <param name="Id">A stable slug.</param>
/// <param name="Title">A sentence about the server, without its full stop.</param>
/// <param name="Explains">The ids of failed checks, at least one.</param>
public sealed record Cause(string Id, string Title, IReadOnlyList<string> Explains)
{
    /// <summary>What was seen of it, with the bytes.</summary>
    public string Happened { get; init; } = "";

    /// <summary>Why that is so.</summary>
    public string Why { get; init; } = "";

    /// <summary>What the course teaches about it.</summary>
    public string Teaches { get; init; } = "";

    /// <summary>What to change.</summary>
    public string Advice { get; init; } = "";
}

/// <summary>Something worth knowing that costs no points.</summary>
public sealed record Advice(string Id, string Text);
