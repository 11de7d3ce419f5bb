using System.Text.RegularExpressions;
using Grader.Intake;

namespace Grader.Batch;

/// <summary>Where a course's submissions lie: a path with <c>{student}</c> and <c>{assignment}</c> in it, in either order.</summary>
/// <remarks>One that ends as an archive's name does stands for archives of every kind; else it stands for folders.</remarks>
public sealed partial class SubmissionPattern(string pattern) : ISubmissions
{
    public const string Student = "{student}";
    public const string Assignment = "{assignment}";

    private static readonly string[] Placeholders = [Student, Assignment];

    // What students pack as well, and what is not unpacked here.
    private static readonly string[] OtherEndings =
    [
        ".7z",
        ".rar",
        ".tar",
        ".tar.bz2",
        ".tar.xz",
        ".tar.zst",
        ".tbz2",
        ".txz",
        ".zipx",
    ];

    // By folder: a class may have thousands of archives in one, and each is looked for there.
    private readonly Dictionary<string, string[]> _files = [];

    // Students hand in what they have: .zip in the one case, .tgz in the other.
    private readonly string? _ending = Archive.EndingOf(pattern);

    /// <summary>All that may stand for an assignment there, asked for or not.</summary>
    public IReadOnlyList<string> Assignments { get; init; } = [];

    /// <summary>Students who are known, whatever their names look like.</summary>
    public IReadOnlyCollection<string> Students { get; init; } = [];

    /// <summary>The folder of reports, which may lie among those of students and is nobody's.</summary>
    public string? Reports { get; init; }

    public bool TellsAssignments => pattern.Contains(Assignment, StringComparison.Ordinal);

    /// <returns>The first thing in braces that stands for nothing, or null.</returns>
    public static string? FindUnknown(string pattern) =>
        Braces().Matches(pattern).Select(match => match.Value).FirstOrDefault(text => !Placeholders.Contains(text));

    /// <summary>Every student of whom a folder or an archive is there, by name.</summary>
    public IReadOnlyList<string> FindStudents(IReadOnlyList<string> assignments) =>
        [
            .. assignments
                .SelectMany(assignment =>
                    Walk(assignment, Segments())
                        .Select(found => found.Student)
                        .Where(student => !IsOfLonger(student, assignment))
                )
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];

    public Submission? Find(string student, string assignment)
    {
        if (IsOfLonger(student, assignment))
        {
            return null;
        }

        var path = Fill(pattern, student, assignment);
        if (_ending is null)
        {
            return Directory.Exists(path) || !CanTell(path) ? new FolderSubmission(student, path) : null;
        }

        var stem = Path.GetFileName(path)[..^_ending.Length];
        var found = ListBeside(path)
            .Where(file => Archive.EndingOf(file) is { } ending && Path.GetFileName(file)[..^ending.Length] == stem)
            .Order(StringComparer.Ordinal)
            .ToList();
        return found.Count > 0 ? new ArchiveSubmission(student, found[0]) { Rival = found.ElementAtOrDefault(1) }
            : CanTell(path) ? null
            : new ArchiveSubmission(student, path);
    }

    public string Kind => _ending is null ? "folders" : $"archives ({string.Join(", ", Archive.Endings)})";

    public IReadOnlyList<string> FindOtherKinds(IReadOnlyList<string> assignments)
    {
        var segments = Segments();
        return
        [
            .. (
                from assignment in assignments
                from at in Walk(assignment, segments[..^1])
                where Directory.Exists(at.Folder)
                from path in Directory.EnumerateFileSystemEntries(at.Folder, "*", new EnumerationOptions())
                where !IsReports(path)
                let stem = FindStemOfOtherKind(path)
                where stem.Length > 0
                let match = Match(Stem(segments[^1]), assignment, stem)
                where match.Success
                let student = NamesStudent(segments[^1]) ? match.Groups["student"].Value : at.Student
                where !IsOfLonger(student, assignment) && Find(student, assignment) is null
                select path
            )
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    public override string ToString() => pattern;

    private string Stem(string segment) => segment[..^(_ending ?? "").Length];

    // Its name without the ending that says its kind; nothing for what is of the right kind or of none.
    private string FindStemOfOtherKind(string path)
    {
        var name = Path.GetFileName(path);
        if (Directory.Exists(path))
        {
            return _ending is null ? "" : name;
        }

        var ending =
            OtherEndings.FirstOrDefault(other => name.EndsWith(other, StringComparison.OrdinalIgnoreCase))
            ?? (_ending is null ? Archive.EndingOf(name) : null);
        return ending is null ? "" : name[..^ending.Length];
    }

    // echo-client-anna is what anna handed in for echo-client, and nothing of a student client-anna.
    private bool IsOfLonger(string student, string assignment)
    {
        var segments = Segments();
        var start = string.Join('/', segments[..(Array.FindIndex(segments, NamesStudent) + 1)]);
        return start.Contains(Assignment, StringComparison.Ordinal)
            && !Students.Contains(student)
            && Assignments.Any(other =>
                other.Length > assignment.Length && Match(start, other, Fill(start, student, assignment)).Success
            );
    }

    // What cannot be looked into is not missing: grading it says why it cannot be graded.
    private static bool CanTell(string path)
    {
        try
        {
            // A name that is no UTF-8 comes with this sign in place of its bytes, and cannot be opened.
            return !path.Contains('\ufffd') && Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!) is not null;
        }
        catch (DirectoryNotFoundException)
        {
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // There is nothing below a file; but a disk that fails tells nothing.
            return Ancestors(path).Any(File.Exists);
        }
    }

    private static IEnumerable<string> Ancestors(string path)
    {
        for (var at = Path.GetDirectoryName(path); !string.IsNullOrEmpty(at); at = Path.GetDirectoryName(at))
        {
            yield return at;
        }
    }

    private string[] ListBeside(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (!_files.TryGetValue(folder, out var files))
        {
            _files[folder] = files = Directory.Exists(folder) && CanTell(path) ? Directory.GetFiles(folder) : [];
        }

        return files;
    }

    // As far as the segment that names the student: a student without a folder for this assignment is found as well.
    private List<(string Folder, string Student)> Walk(string assignment, string[] segments)
    {
        List<(string Folder, string Student)> found = [(Path.GetPathRoot(pattern) ?? "", "")];
        foreach (var segment in segments)
        {
            var ofArchive = _ending is not null && segment == Segments()[^1] ? _ending : null;
            found = NamesStudent(segment)
                ? [.. found.SelectMany(at => FindIn(at.Folder, segment, assignment, ofArchive))]
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

    private static bool NamesStudent(string segment) => segment.Contains(Student, StringComparison.Ordinal);

    private IEnumerable<(string Folder, string Student)> FindIn(
        string folder,
        string segment,
        string assignment,
        string? ending
    )
    {
        var paths = ending is null ? Directory.GetDirectories(folder) : Directory.GetFiles(folder);
        var stem = ending is null ? segment : Stem(segment);
        return paths
            .Where(path => !IsReports(path))
            .Select(path => (path, name: Path.GetFileName(path)))
            .Where(pair => ending is null || Archive.EndingOf(pair.name) is not null)
            .Select(pair =>
                (
                    pair.path,
                    match: Match(
                        stem,
                        assignment,
                        pair.name[..^(ending is null ? "" : Archive.EndingOf(pair.name)!).Length]
                    )
                )
            )
            .Where(pair => pair.match.Success && !pair.match.Groups["student"].Value.StartsWith('.'))
            .Select(pair => (pair.path, pair.match.Groups["student"].Value));
    }

    private bool IsReports(string path) => Reports is { } reports && Normalize(path) == Normalize(reports);

    private static string Normalize(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));

    private static Match Match(string part, string assignment, string name)
    {
        var expression = Regex
            .Escape(part.Replace(Assignment, assignment, StringComparison.Ordinal))
            .Replace(Regex.Escape(Student), "(?<student>.+)", StringComparison.Ordinal);
        return Regex.Match(name, $@"\A{expression}\z", RegexOptions.Singleline);
    }

    private static string Fill(string text, string student, string assignment) =>
        text.Replace(Student, student, StringComparison.Ordinal)
            .Replace(Assignment, assignment, StringComparison.Ordinal);

    [GeneratedRegex(@"\{[^{}/]*\}?")]
    private static partial Regex Braces();
}
