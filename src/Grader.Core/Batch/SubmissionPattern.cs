using System.Text.RegularExpressions;
using Grader.Launching;

namespace Grader.Batch;

/// <summary>Where a course's submissions lie: a path with <c>{student}</c> and <c>{assignment}</c> in it, in either order.</summary>
public sealed partial class SubmissionPattern(string pattern)
{
    public const string Student = "{student}";
    public const string Assignment = "{assignment}";

    /// <summary>A regular expression for every text that is such a path.</summary>
    public const string Expression = @"^(?!.*\{(?!student\}|assignment\})).*\{student\}";

    private static readonly string[] Placeholders = [Student, Assignment];

    /// <returns>The first thing in braces that stands for nothing, or null.</returns>
    public static string? FindUnknown(string pattern) =>
        Braces().Matches(pattern).Select(match => match.Value).FirstOrDefault(text => !Placeholders.Contains(text));

    /// <summary>Every student of whom a folder is there, by name.</summary>
    public IReadOnlyList<string> FindStudents(IReadOnlyList<string> assignments) =>
        [
            .. assignments
                .SelectMany(assignment => Walk(assignment).Select(found => found.Student))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    /// <returns>The student's submission, or null when nothing was handed in.</returns>
    public Submission? Find(string student, string assignment)
    {
        var folder = Fill(pattern, student, assignment);
        return Directory.Exists(folder) || !CanTell(folder) ? new Submission(student, folder) : null;
    }

    // What cannot be looked into is not missing: grading it says why it cannot be graded.
    private static bool CanTell(string folder)
    {
        try
        {
            // A name that is no UTF-8 comes with this sign in place of its bytes, and cannot be opened.
            return !folder.Contains('\ufffd')
                && Directory.GetFileSystemEntries(Path.GetDirectoryName(folder)!) is not null;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    // As far as the segment that names the student: a student without a folder for this assignment is found as well.
    private List<(string Folder, string Student)> Walk(string assignment)
    {
        List<(string Folder, string Student)> found = [(Path.GetPathRoot(pattern) ?? "", "")];
        foreach (var segment in Segments())
        {
            found = segment.Contains(Student, StringComparison.Ordinal)
                ? [.. found.SelectMany(at => Match(at.Folder, segment, assignment))]
                :
                [
                    .. found
                        .Select(at =>
                            (Folder: Path.Combine(at.Folder, Fill(segment, at.Student, assignment)), at.Student)
                        )
                        .Where(at => at.Student.Length > 0 || Directory.Exists(at.Folder)),
                ];
        }

        return found;
    }

    private string[] Segments() =>
        pattern[(Path.GetPathRoot(pattern) ?? "").Length..]
            .Split([Path.DirectorySeparatorChar, '/'], StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<(string Folder, string Student)> Match(string folder, string segment, string assignment)
    {
        var expression = Regex
            .Escape(segment.Replace(Assignment, assignment, StringComparison.Ordinal))
            .Replace(Regex.Escape(Student), "(?<student>.+)", StringComparison.Ordinal);
        return Directory
            .GetDirectories(folder)
            .Select(path =>
                (path, match: Regex.Match(Path.GetFileName(path), $@"\A{expression}\z", RegexOptions.Singleline))
            )
            .Where(pair => pair.match.Success && !pair.match.Groups["student"].Value.StartsWith('.'))
            .Select(pair => (pair.path, pair.match.Groups["student"].Value));
    }

    private static string Fill(string text, string student, string assignment) =>
        text.Replace(Student, student, StringComparison.Ordinal)
            .Replace(Assignment, assignment, StringComparison.Ordinal);

    [GeneratedRegex(@"\{[^{}/]*\}?")]
    private static partial Regex Braces();
}
