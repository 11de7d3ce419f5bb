using Grader.Sandboxing;

namespace Grader.Batch;

/// <summary>What an instructor wants graded, and how.</summary>
public sealed record Course
{
    public const int MostJobs = 64;

    public string Name { get; init; } = "Course";

    /// <summary>Where its submissions come from.</summary>
    public required ISubmissions Submissions { get; init; }

    /// <summary>Who takes the course; null when whoever has a folder does.</summary>
    public Roster? Roster { get; init; }

    /// <summary>The folder for reports and gradebook.</summary>
    public required string Reports { get; init; }

    /// <summary>How many submissions are graded at a time: of a pair on one processor, one mostly waits for its server.</summary>
    public int Jobs { get; init; } = Math.Clamp(2 * Environment.ProcessorCount, 1, MostJobs);

    /// <summary>The ids of the assignments to grade; empty for every known one that has a folder.</summary>
    public IReadOnlyList<string> Assignments { get; init; } = [];

    /// <summary>What stands for an assignment in the path of submissions, by its id, where it is not its id.</summary>
    public IReadOnlyDictionary<string, string> Folders { get; init; } = new Dictionary<string, string>();

    /// <summary>What stands for an assignment in the path of submissions.</summary>
    public string FolderOf(string assignment) => Folders.GetValueOrDefault(assignment, assignment);

    /// <summary>Programs of a whole class are strangers', unlike those that somebody checks at home.</summary>
    public GradingOptions Grading { get; init; } = new() { Sandbox = SandboxRule.Required };
}
