using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;

namespace Grader.Configuration;

/// <summary>A table with a line for each student: CSV as spreadsheets and learning platforms write it.</summary>
/// <param name="File">The name of its file, for what is wrong in it.</param>
/// <param name="Headers">The names of its columns.</param>
/// <param name="Rows">Its lines.</param>
internal sealed partial record StudentTable(string File, IReadOnlyList<string> Headers, IReadOnlyList<TableRow> Rows)
{
    private const string Student = "student";
    private const int LongestName = 255;

    /// <summary>The column that names the students.</summary>
    public int StudentColumn { get; } = FindStudent(Headers, File);

    /// <param name="bytes">What is in the file.</param>
    /// <param name="file">Its name.</param>
    /// <exception cref="UsageException">It is no such table.</exception>
    public static StudentTable Read(byte[] bytes, string file)
    {
        var text = Decode(bytes, file);
        // A first line sep=; says it, and the reader knows that.
        var options = new CsvReaderOptions
        {
            Separator = text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) ? null : FindSeparator(text),
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        };
        try
        {
            using var csv = CsvReader.Create(new StringReader(text), options, leaveOpen: false);
            return Read(csv, file);
        }
        catch (CsvFormatException e)
        {
            throw new UsageException(
                $"{file}: line {e.LineNumber} has a quote in a wrong place",
                "put quotes around the whole value, and write a quote in it twice"
            );
        }
    }

    /// <returns>Where a column is; -1 for nowhere.</returns>
    public int Find(string column) => Headers.FindIndex(column);

    /// <summary>What is wrong in a line.</summary>
    public UsageException Wrong(TableRow row, string what, string remedy) =>
        new($"{File}: line {row.Line} {what}", remedy);

    /// <summary>A value in the words of what is wrong with it.</summary>
    public static string Show(string value) => $"\"{Text.Printable(value)}\"";

    private static StudentTable Read(CsvReader csv, string file)
    {
        csv.ReadHeader();
        var headers = csv.Headers.ToArray().Select(header => header.Trim()).ToList();
        var student = FindStudent(headers, file);
        RequireOnce(headers, file);
        var rows = new List<TableRow>();
        while (csv.Read())
        {
            var values = Enumerable.Range(0, csv.FieldCount).Select(index => csv.GetString(index) ?? "").ToList();
            if (values.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            var name = RequireName(values.ElementAtOrDefault(student)?.Trim() ?? "", csv.LineNumber, file);
            RequireColumns(values, headers, csv.LineNumber, file);
            rows.Add(new TableRow(name, csv.LineNumber, values));
        }

        return rows.Count > 0
            ? new StudentTable(file, headers, rows)
            : throw new UsageException(
                $"{file}: it has no students",
                "give each a line below the names of the columns"
            );
    }

    private static string Decode(byte[] bytes, string file)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)
                .GetString(bytes)
                .TrimStart('\ufeff');
        }
        catch (DecoderFallbackException e)
        {
            var line = bytes.Take(e.Index).Count(value => value == '\n') + 1;
            throw new UsageException($"{file}: line {line} is no UTF-8", "save it as \"CSV UTF-8\"");
        }
    }

    // A name of a column seldom holds one; values below it often do, as in "Smith, Anna".
    private static char FindSeparator(string text)
    {
        var header = Quoted().Replace(text.Split('\n')[0], "");
        return header.IndexOfAny([',', ';', '\t']) is >= 0 and var index ? header[index] : ',';
    }

    private static int FindStudent(IReadOnlyList<string> headers, string file)
    {
        var found = headers.FindIndex(Student);
        return found >= 0
            ? found
            : throw new UsageException(
                $"{file}: line 1 has no column \"{Student}\"{(headers.Count > 0 ? $", only {string.Join(", ", headers.Select(Show))}" : "")}",
                "call the one so that holds the names of the folders"
            );
    }

    private static void RequireOnce(List<string> headers, string file)
    {
        foreach (var twice in headers.Where(name => name.Length > 0).CountBy(name => name.ToLowerInvariant()))
        {
            if (twice.Value > 1)
            {
                throw new UsageException(
                    $"{file}: line 1 has {twice.Value} columns {Show(twice.Key)}",
                    "keep one of them"
                );
            }
        }
    }

    private static string RequireName(string name, long line, string file)
    {
        if (name.Length == 0)
        {
            throw new UsageException(
                $"{file}: line {line} has no student",
                "name the student's folder, or delete the line"
            );
        }

        // A report's folder is called so as well; folders that begin with a dot are nobody's.
        return
            name.StartsWith('.')
            || name.Contains('/')
            || name.Any(char.IsControl)
            || Encoding.UTF8.GetByteCount(name) > LongestName
            ? throw new UsageException(
                $"{file}: line {line} has the student {Show(name)}, and no student's folder can be called so",
                "name the folder alone, without a path"
            )
            : name;
    }

    private static void RequireColumns(List<string> values, List<string> headers, long line, string file)
    {
        for (var index = 0; index < values.Count; index++)
        {
            if (values[index].Length > 0 && (index >= headers.Count || headers[index].Length == 0))
            {
                throw new UsageException(
                    $"{file}: line {line} has {Show(values[index])} in a column without a name",
                    "name the column in line 1, or put a value that holds a comma in quotes"
                );
            }
        }
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();
}

/// <summary>A line of a table, and the student that it is about.</summary>
internal sealed record TableRow(string Student, long Line, IReadOnlyList<string> Values)
{
    /// <returns>A value; nothing where the line ends before it, or there is no such column.</returns>
    public string this[int column] => column >= 0 && column < Values.Count ? Values[column] : "";
}

/// <summary>Looks for the names of columns, in which upper and lower case are the same.</summary>
internal static class Columns
{
    public static int FindIndex(this IReadOnlyList<string> headers, string name) =>
        headers.ToList().FindIndex(header => header.Equals(name, StringComparison.OrdinalIgnoreCase));
}
