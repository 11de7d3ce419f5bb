using Grader.Intake;

namespace Grader.Batch;

/// <summary>Where a course's submissions come from.</summary>
public interface ISubmissions
{
    /// <summary>Whether it tells which assignment something was handed in for; else it may be for any.</summary>
    bool TellsAssignments { get; }

    /// <summary>Every student of whom something may have been handed in for one of these assignments.</summary>
    IReadOnlyList<string> FindStudents(IReadOnlyList<string> assignments);

    /// <returns>The student's submission, or null when nothing was handed in.</returns>
    Submission? Find(string student, string assignment);

    /// <summary>What each of them is, in the plural.</summary>
    string Kind { get; }

    /// <summary>What has a submission's name and is of another kind, so that it is not looked at: paths.</summary>
    IReadOnlyList<string> FindOtherKinds(IReadOnlyList<string> assignments);
}

/// <summary>A list of repositories.</summary>
/// <param name="Path">The list, as a path; it may stand for one of each assignment.</param>
/// <param name="Rows">What is in it.</param>
public sealed record RepositoryList(string Path, IReadOnlyList<RepositoryRow> Rows) : ISubmissions
{
    private readonly List<(RepositoryRow Row, RepositorySubmission Submission)> _submissions =
    [
        .. Rows.Select(row => (row, new RepositorySubmission(row.Student, row.Address, row.Branch))),
    ];

    public bool TellsAssignments => Rows.All(row => row.Assignment is not null);

    public IReadOnlyList<string> FindStudents(IReadOnlyList<string> assignments) =>
        [.. Rows.Where(row => assignments.Any(row.IsFor)).Select(row => row.Student).Distinct()];

    // One for each row: what is found out of a repository holds for all assignments that it is for.
    public Submission? Find(string student, string assignment) =>
        _submissions.FirstOrDefault(pair => pair.Row.Student == student && pair.Row.IsFor(assignment)).Submission;

    public string Kind => "repositories";

    public IReadOnlyList<string> FindOtherKinds(IReadOnlyList<string> assignments) => [];

    public override string ToString() => Path;
}

/// <summary>A student's repository.</summary>
/// <param name="Student">Whose it is.</param>
/// <param name="Address">Anything that git fetches from.</param>
/// <param name="Branch">Null for the one that the repository names itself.</param>
/// <param name="Assignment">The id of the one that it is for; null for every one.</param>
public sealed record RepositoryRow(string Student, string Address, string? Branch, string? Assignment)
{
    public bool IsFor(string assignment) => Assignment is null || Assignment == assignment;
}
