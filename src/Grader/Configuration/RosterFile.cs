using System.Text;
using System.Text.RegularExpressions;
using CsvHelper;
using Grader.Batch;
using Grader.Reports;

namespace Grader.Configuration;

/// <summary>Reads a course's roster: CSV as spreadsheets and learning platforms write it.</summary>
internal static partial class RosterFile
{
    private const string Student = "student";
    private const int LongestName = 255;

    /// <param name="bytes">What is in the file.</param>
    /// <param name="file">Its name, for what is wrong with it.</param>
    /// <exception cref="UsageException">It is no roster.</exception>
    public static Roster Parse(byte[] bytes, string file)
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
            return Parse(csv, file);
        }
        catch (CsvFormatException e)
        {
            throw new UsageException(
                $"{file}: line {e.LineNumber} has a quote in a wrong place",
                "put quotes around the whole value, and write a quote in it twice"
            );
        }
    }

    private static Roster Parse(CsvReader csv, string file)
    {
        csv.ReadHeader();
        var headers = csv.Headers.ToArray().Select(header => header.Trim()).ToList();
        var student = FindStudent(headers, file);
        var carried = FindCarried(headers, student, file);
        var lines = new Dictionary<string, long>();
        var rows = new List<RosterRow>();
        while (csv.Read())
        {
            var values = Enumerable.Range(0, csv.FieldCount).Select(csv.GetString).ToList();
            if (values.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            var name = RequireName(values.ElementAtOrDefault(student)?.Trim() ?? "", csv.LineNumber, file);
            RequireColumns(values, headers, csv.LineNumber, file);
            if (!lines.TryAdd(name, csv.LineNumber))
            {
                throw new UsageException(
                    $"{file}: line {csv.LineNumber} has the student {Show(name)}, who is in line {lines[name]} already",
                    "keep one of them"
                );
            }

            rows.Add(new RosterRow(name, [.. carried.Select(index => values.ElementAtOrDefault(index) ?? "")]));
        }

        return rows.Count > 0
            ? new Roster([.. carried.Select(index => headers[index])], rows)
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

    private static int FindStudent(List<string> headers, string file)
    {
        var found = headers.FindIndex(IsStudent);
        return found >= 0
            ? found
            : throw new UsageException(
                $"{file}: line 1 has no column \"{Student}\"{(headers.Count > 0 ? $", only {string.Join(", ", headers.Select(Show))}" : "")}",
                "call the one so that holds the names of the folders"
            );
    }

    private static List<int> FindCarried(List<string> headers, int student, string file)
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

        foreach (
            var name in headers.Where(
                (name, index) => index != student && GradesCsv.Columns.Contains(name.ToLowerInvariant())
            )
        )
        {
            throw new UsageException(
                $"{file}: line 1 has a column {Show(name)}, and so has grades.csv",
                "call it something else"
            );
        }

        return [.. Enumerable.Range(0, headers.Count).Where(index => index != student && headers[index].Length > 0)];
    }

    private static bool IsStudent(string header) => header.Equals(Student, StringComparison.OrdinalIgnoreCase);

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

    private static string Show(string value) => $"\"{Text.Printable(value)}\"";

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();
}
