using Grader.Assignments;
using Grader.Batch;

namespace Grader.Commands;

/// <summary>What there is to grade in a course: a cell for every student and assignment.</summary>
internal static class CourseWork
{
    /// <returns>The students of the roster in its order, then whoever else has a folder, by name.</returns>
    /// <exception cref="UsageException">Nobody has a folder.</exception>
    public static List<Work> Find(Course course, string config)
    {
        var submissions = course.Submissions;
        var candidates = Candidates(course);
        var found = submissions.FindStudents(FoldersOf(course));
        var students = course.Roster is { } roster
            ? [.. roster.Students, .. found.Where(student => !roster.Has(student))]
            : found;
        RequireKnown(course, config, students);
        var works = (
            from assignment in candidates
            from student in students
            let submission = submissions.Find(student, course.FolderOf(assignment.Id))
            select new Work(
                assignment,
                student,
                submission is null
                    ? null
                    : submission with
                    {
                        Declared = course.Roster?.SubmittedBy(student, assignment.Id),
                    }
            )
        ).ToList();
        // Without a word of the course, an assignment that nobody has a folder for was not given.
        var given = works.Where(work => work.Submission is not null).Select(work => work.Assignment.Id).ToHashSet();
        var all = works.Where(work => given.Contains(work.Assignment.Id) || course.Assignments.Count > 0).ToList();
        // A wrong path must not make a whole roster's work missing.
        return found.Count > 0 && all.Count > 0
            ? all
            : throw new UsageException(
                $"{config}: submissions is \"{Shown($"{submissions}")}\", and matches nothing",
                TellOtherKinds(course) is { } others
                    ? $"not looked at: {others}"
                    : "check its path and its placeholders"
            );
    }

    /// <returns>What lies where submissions do and is not looked at, and why; null where there is nothing of the kind.</returns>
    public static string? TellOtherKinds(Course course)
    {
        const int Most = 8;
        var others = course.Submissions.FindOtherKinds(FoldersOf(course));
        if (others.Count == 0)
        {
            return null;
        }

        var some = string.Join(", ", others.Take(Most).Select(Shown));
        var more = others.Count > Most ? $" and {others.Count - Most} more" : "";
        return $"{some}{more}; submissions stands for {course.Submissions.Kind}";
    }

    private static string Shown(string path) =>
        Text.Printable(Path.GetRelativePath(Directory.GetCurrentDirectory(), path));

    private static IReadOnlyList<Assignment> Candidates(Course course) =>
        course.Assignments.Count == 0
            ? Catalogue.All
            : [.. Catalogue.All.Where(assignment => course.Assignments.Contains(assignment.Id))];

    private static List<string> FoldersOf(Course course) =>
        [.. Candidates(course).Select(assignment => course.FolderOf(assignment.Id)).Distinct()];

    // Whoever is misspelt there would lose points without a word.
    private static void RequireKnown(Course course, string config, IReadOnlyList<string> students)
    {
        foreach (var (assignment, due) in course.Grading.DueDates)
        {
            foreach (var student in due.Extensions.Keys.Except(students))
            {
                throw new UsageException(
                    $"{config}: assignments.{assignment}.extensions names \"{Text.Printable(student)}\", who has handed in nothing and is in no roster",
                    Suggestion.Remedy(student, students)
                );
            }
        }
    }

    /// <summary>The assignments that were handed in, and that the course does not name among those to grade.</summary>
    public static List<string> FindUnasked(Course course)
    {
        var submissions = course.Submissions;
        return
        [
            .. Catalogue
                .All.Select(assignment => assignment.Id)
                .Where(id =>
                    submissions.TellsAssignments
                    && course.Assignments.Count > 0
                    && !course.Assignments.Any(asked => asked == id || course.FolderOf(asked) == id)
                )
                .Where(id => submissions.FindStudents([id]).Any(student => submissions.Find(student, id) is not null)),
        ];
    }

    /// <exception cref="UsageException">A name is unknown.</exception>
    public static List<Work> Select(List<Work> all, IReadOnlyList<string> students, IReadOnlyList<string> assignments)
    {
        Require("--student", students, [.. all.Select(work => work.Student).Distinct()]);
        Require("--assignment", assignments, [.. all.Select(work => work.Assignment.Id).Distinct()]);
        return
        [
            .. all.Where(work =>
                (students.Count == 0 || students.Contains(work.Student))
                && (assignments.Count == 0 || assignments.Contains(work.Assignment.Id))
            ),
        ];
    }

    private static void Require(string option, IReadOnlyList<string> wanted, List<string> known)
    {
        foreach (var name in wanted.Where(name => !known.Contains(name)))
        {
            throw new UsageException(
                $"{option} {name}: nothing of that name was handed in",
                Suggestion.Remedy(name, known)
            );
        }
    }
}
