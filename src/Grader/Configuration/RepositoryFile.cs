using System.Text.RegularExpressions;
using Grader.Assignments;
using Grader.Batch;

namespace Grader.Configuration;

/// <summary>Reads a list of students' repositories: a CSV file with the columns student, url, and perhaps branch and assignment.</summary>
internal static partial class RepositoryFile
{
    /// <summary>What its name ends with.</summary>
    public const string Ending = ".csv";

    private const string Address = "url";

    /// <param name="bytes">What is in the file.</param>
    /// <param name="file">Its name, for what is wrong with it.</param>
    /// <param name="folder">Where repositories lie that are named without more.</param>
    /// <param name="assignment">The only one that the file is for; null where its lines tell.</param>
    /// <exception cref="UsageException">It is no such list.</exception>
    public static IEnumerable<RepositoryRow> Parse(byte[] bytes, string file, string folder, string? assignment)
    {
        var table = StudentTable.Read(bytes, file);
        if (table.Find(Address) < 0)
        {
            throw new UsageException(
                $"{file}: line 1 has no column \"{Address}\"",
                "call the one so that holds the addresses of the repositories"
            );
        }

        var rows = table.Rows.Select(row => (row, repository: Read(table, row, folder, assignment))).ToList();
        for (var index = 0; index < rows.Count; index++)
        {
            var (row, repository) = rows[index];
            foreach (var (earlier, other) in rows.Take(index))
            {
                if (other.Student == repository.Student && (repository.Assignment is not { } its || other.IsFor(its)))
                {
                    throw table.Wrong(
                        row,
                        $"has the student {StudentTable.Show(row.Student)}, who is in line {earlier.Line} already",
                        "keep one of them, or say in a column \"assignment\" which is for which"
                    );
                }
            }
        }

        return rows.Select(pair => pair.repository);
    }

    private static RepositoryRow Read(StudentTable table, TableRow row, string folder, string? assignment) =>
        new(
            row.Student,
            ReadAddress(table, row, folder),
            ReadBranch(table, row),
            assignment ?? ReadAssignment(table, row)
        );

    private static string ReadAddress(StudentTable table, TableRow row, string folder)
    {
        var address = row[table.Find(Address)];
        if (address.Length == 0 || address.StartsWith('-') || address.Any(char.IsControl))
        {
            throw table.Wrong(
                row,
                address.Length == 0 ? "has no url" : $"has the url {StudentTable.Show(address)}",
                "give what git clones from, for example https://example.org/anna/echo.git"
            );
        }

        // It would stand in lists of processes, and in what git says of it.
        if (Secret().IsMatch(address))
        {
            throw table.Wrong(
                row,
                "has a url with a password in it",
                "let git ask a credential helper, or use ssh with a key"
            );
        }

        // git would look below the folder that it fetches into.
        var path = Path.Combine(folder, address);
        return Directory.Exists(path) ? path : address;
    }

    // As git-check-ref-format has it, or nearly so; git says the rest.
    private static string? ReadBranch(StudentTable table, TableRow row)
    {
        var branch = row[table.Find("branch")];
        return branch.StartsWith('-') || branch.Any(sign => char.IsControl(sign) || " ~^:?*[\\".Contains(sign))
                ? throw table.Wrong(
                    row,
                    $"has the branch {StudentTable.Show(branch)}",
                    "name a branch, or leave it out for the one that the repository names itself"
                )
            : branch.Length == 0 ? null
            : branch;
    }

    private static string? ReadAssignment(StudentTable table, TableRow row)
    {
        var id = row[table.Find("assignment")];
        return id.Length == 0 ? null
            : Catalogue.All.Any(assignment => assignment.Id == id) ? id
            : throw table.Wrong(
                row,
                $"has the assignment {StudentTable.Show(id)}",
                Suggestion.Remedy(id, Catalogue.All.Select(assignment => assignment.Id))
            );
    }

    // Of the web also a name alone, and a question: either may be a token.
    [GeneratedRegex("://[^/]*:[^/]*@|^https?://[^/]*@|^https?://.*[?]", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
