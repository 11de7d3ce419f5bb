using Grader.Checks;
using Grader.Launching;
using Grader.Sandboxing;
using Grader.Scoring;

namespace Grader;

/// <summary>What a course says about grading.</summary>
public sealed record GradingOptions
{
    public Limits Limits { get; init; } = new();

    /// <summary>What student programs run in.</summary>
    public SandboxRule Sandbox { get; init; }

    public IReadOnlyList<CourseRecipe> Recipes { get; init; } = [];

    /// <summary>What builds may take packages from.</summary>
    public Packages Packages { get; init; } = new();

    /// <summary>Whether a check counts that failed by a stall or a limit, and passed when it was run again.</summary>
    public Flaky Flaky { get; init; }

    /// <summary>Points that differ from the suite's, by assignment and check.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, Worth>> Points { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, Worth>>();

    /// <summary>When an assignment is due, by its id; there need be no such time.</summary>
    public IReadOnlyDictionary<string, DueDate> DueDates { get; init; } = new Dictionary<string, DueDate>();

    /// <summary>What a check earned.</summary>
    public int Earn(Outcome outcome, Worth worth) =>
        outcome == Outcome.Passed || (outcome == Outcome.Flaky && Flaky == Flaky.Pass) ? worth.Points : 0;

    /// <summary>What a check is worth: the course's word, or else the suite's.</summary>
    public Worth WorthOf(Assignment assignment, Check check) =>
        Points.GetValueOrDefault(assignment.Id)?.GetValueOrDefault(check.Id) ?? new Worth(check.Points, check.Extra);

    /// <summary>Likewise; nothing where this machine cannot run the check.</summary>
    public Worth WorthHere(Assignment assignment, Check check)
    {
        var worth = WorthOf(assignment, check);
        return check.WhyNotHere is null ? worth : worth with { Points = 0 };
    }
}

/// <summary>What a flaky check counts as.</summary>
public enum Flaky
{
    Pass,
    Fail,
}
