using Grader.Batch;
using Grader.Reports;

namespace Grader.Configuration;

/// <summary>Reads a course's roster.</summary>
internal static class RosterFile
{
    private const string Submitted = "submitted";

    /// <param name="bytes">What is in the file.</param>
    /// <param name="file">Its name, for what is wrong with it.</param>
    /// <param name="due">The ids of assignments for which columns say when something was handed in.</param>
    /// <exception cref="UsageException">It is no roster.</exception>
    public static Roster Parse(byte[] bytes, string file, IReadOnlyList<string> due)
    {
        var table = StudentTable.Read(bytes, file);
        var carried = FindCarried(table);
        var submitted = FindSubmitted(table, due);
        var lines = new Dictionary<string, long>();
        foreach (var row in table.Rows)
        {
            if (!lines.TryAdd(row.Student, row.Line))
            {
                throw table.Wrong(
                    row,
                    $"has the student {StudentTable.Show(row.Student)}, who is in line {lines[row.Student]} already",
                    "keep one of them"
                );
            }
        }

        return new Roster(
            [.. carried.Select(index => table.Headers[index])],
            [
                .. table.Rows.Select(row => new RosterRow(row.Student, [.. carried.Select(index => row[index])])
                {
                    Submitted = ReadSubmitted(table, row, submitted),
                }),
            ]
        );
    }

    private static List<int> FindCarried(StudentTable table)
    {
        var others = Enumerable
            .Range(0, table.Headers.Count)
            .Where(index => index != table.StudentColumn && table.Headers[index].Length > 0)
            .ToList();
        foreach (var index in others.Where(index => GradesCsv.Columns.FindIndex(table.Headers[index]) >= 0))
        {
            throw new UsageException(
                $"{table.File}: line 1 has a column {StudentTable.Show(table.Headers[index])}, and so has grades.csv",
                "call it something else"
            );
        }

        return others;
    }

    // By assignment the column: where several are due, one time cannot be that of all.
    private static Dictionary<string, int> FindSubmitted(StudentTable table, IReadOnlyList<string> due)
    {
        if (due.Count > 1 && table.Find(Submitted) >= 0)
        {
            throw new UsageException(
                $"{table.File}: line 1 has a column \"{Submitted}\", and {string.Join(" and ", due)} are due",
                $"call it {string.Join(" or ", due.Select(id => $"\"{Submitted}-{id}\""))}"
            );
        }

        return due.Select(id =>
                (id, column: table.Find($"{Submitted}-{id}") is >= 0 and var own ? own : table.Find(Submitted))
            )
            .Where(pair => pair.column >= 0)
            .ToDictionary(pair => pair.id, pair => pair.column);
    }

    private static Dictionary<string, DateTimeOffset> ReadSubmitted(
        StudentTable table,
        TableRow row,
        Dictionary<string, int> columns
    ) =>
        columns
            .Where(column => row[column.Value].Length > 0)
            .ToDictionary(
                column => column.Key,
                column =>
                    Instant.TryParse(row[column.Value])
                    ?? throw table.Wrong(
                        row,
                        $"has {StudentTable.Show(row[column.Value])} in the column {StudentTable.Show(table.Headers[column.Value])}",
                        Instant.Remedy
                    )
            );
}
