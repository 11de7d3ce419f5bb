namespace Grader.Batch;

/// <summary>Who takes a course, in the order of the list, and what else it says of each.</summary>
public sealed record Roster(IReadOnlyList<string> Columns, IReadOnlyList<RosterRow> Rows)
{
    private readonly Dictionary<string, RosterRow> _byStudent = Rows.ToDictionary(row => row.Student);

    public IEnumerable<string> Students => Rows.Select(row => row.Student);

    /// <returns>When a student handed in an assignment, if the list says so.</returns>
    public DateTimeOffset? SubmittedBy(string student, string assignment) =>
        _byStudent.TryGetValue(student, out var row) && row.Submitted.TryGetValue(assignment, out var at) ? at : null;

    public bool Has(string student) => _byStudent.ContainsKey(student);

    /// <returns>What the other columns say of a student; of one who is in no roster, nothing.</returns>
    public IReadOnlyList<string> ValuesOf(string student) =>
        _byStudent.TryGetValue(student, out var row) ? row.Values : [.. Columns.Select(_ => "")];
}

/// <summary>A student, and a value for each column of the roster.</summary>
public sealed record RosterRow(string Student, IReadOnlyList<string> Values)
{
    /// <summary>When the student handed in, by assignment, as far as the list says.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Submitted { get; init; } =
        new Dictionary<string, DateTimeOffset>();
}
