using System.Globalization;
using Grader.Assignments;
using Grader.Batch;
using Grader.Configuration;
using Grader.Reports;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary><c>grader batch</c>: a whole class, a report a student, a gradebook.</summary>
internal static class BatchCommand
{
    /// <exception cref="UsageException">The configuration is wrong, or selects nothing.</exception>
    public static async Task<int> RunAsync(
        Screen screen,
        string config,
        IReadOnlyList<string> students,
        IReadOnlyList<string> assignments,
        int? jobs,
        CancellationToken cancellationToken
    )
    {
        var course = CourseFile.Read(config);
        course = course with { Jobs = jobs ?? course.Jobs };
        if (course.Sandbox == Sandbox.Required)
        {
            Screen.Error(
                $"{config}: sandbox is \"required\", and there is none yet; set it to \"auto\" to run without."
            );
            return ExitCode.Error;
        }

        var all = FindWork(course);
        var selected = Select(all, config, students, assignments);
        var folder = new ReportFolder(course.Reports);
        folder.RequireWritable();
        var done = new List<Report>();
        var running = new List<string>();
        string Progress() =>
            $"{done.Count} of {selected.Count} graded, now {string.Join(", ", running.Select(Text.Printable))}";
        screen.Line($"{course.Name}: {Text.Count(selected.Count, "submission")}, {course.Jobs} at a time");
        screen.Line("No sandbox: student programs run with your rights.");
        var isComplete = await screen.WithStatusAsync(
            Progress(),
            status =>
                new BatchRunner(course, TimeProvider.System).RunAsync(
                    selected,
                    work =>
                    {
                        lock (done)
                        {
                            running.Add(work.Student);
                            status(Progress());
                        }
                    },
                    graded =>
                    {
                        var report = Keep(folder, graded);
                        lock (done)
                        {
                            done.Add(report);
                            running.Remove(report.Student);
                            status(Progress());
                        }

                        screen.Line(Describe(report, graded.Timings));
                    },
                    cancellationToken
                )
        );
        folder.WriteGradebook(course.Name, Collect(all, done, folder));
        return Conclude(screen, course, selected, done, isComplete);
    }

    private static List<Work> FindWork(Course course)
    {
        var pattern = new SubmissionPattern(course.Submissions);
        var candidates =
            course.Assignments.Count == 0
                ? Catalogue.All
                : [.. Catalogue.All.Where(assignment => course.Assignments.Contains(assignment.Id))];
        var students = pattern.FindStudents([.. candidates.Select(assignment => assignment.Id)]);
        var works = (
            from assignment in candidates
            from student in students
            select new Work(assignment, student, pattern.Find(student, assignment.Id))
        ).ToList();
        // Without a word of the course, an assignment that nobody has a folder for was not given.
        var given = works.Where(work => work.Submission is not null).Select(work => work.Assignment.Id).ToHashSet();
        return [.. works.Where(work => given.Contains(work.Assignment.Id) || course.Assignments.Count > 0)];
    }

    private static List<Work> Select(
        List<Work> all,
        string config,
        IReadOnlyList<string> students,
        IReadOnlyList<string> assignments
    )
    {
        if (all.Count == 0)
        {
            throw new UsageException($"{config}: submissions matches no folder", "check its path and its placeholders");
        }

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

    // A gradebook is of the whole class, whatever was graded this time.
    private static List<Report> Collect(List<Work> all, List<Report> done, ReportFolder folder) =>
        [
            .. all.Select(work =>
                    done.Find(report => report.Student == work.Student && report.Assignment == work.Assignment.Id)
                    ?? folder.Read(work.Student, work.Assignment.Id)
                )
                .OfType<Report>(),
        ];

    // A full disk costs this report, which is then an error of ours, and not the others.
    private static Report Keep(ReportFolder folder, Graded graded)
    {
        try
        {
            folder.Write(graded);
            return graded.Report;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return graded.Report with
            {
                Outcome = Grade.Error,
                Score = null,
                Extra = 0,
                Error = $"no report: {e.Message}",
            };
        }
    }

    private static string Describe(Report report, IReadOnlyDictionary<string, double> timings)
    {
        var mark = report.Outcome switch
        {
            Grade.Graded => report.Score == report.MaxScore ? '✔' : '✘',
            Grade.Missing => '-',
            _ => '!',
        };
        var time = timings.TryGetValue("ended", out var seconds)
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds, 6:0.0} s")
            : "";
        return $"{mark} {Text.Printable(report.Student), -16} {report.Assignment, -6} {ScoreLine.Of(report), -34} {time}".TrimEnd();
    }

    private static int Conclude(Screen screen, Course course, List<Work> selected, List<Report> done, bool isComplete)
    {
        var errors = done.Where(report => report.Outcome == Grade.Error).ToList();
        foreach (var error in errors)
        {
            screen.Line($"! {Text.Printable(error.Student)}, {error.Assignment}: {error.Error}");
        }

        if (!isComplete)
        {
            screen.Line($"Interrupted: {done.Count} of {selected.Count} graded, and kept.");
        }

        screen.Line($"Gradebook: {Show(course.Reports, "grades.csv")}");
        screen.Line($"Class:     {Show(course.Reports, "summary.md")}");
        screen.Line($"Reports:   {Show(course.Reports, "<student>/<assignment>/report.txt")}");
        return !isComplete ? ExitCode.Interrupted
            : errors.Count > 0 ? ExitCode.Error
            : ExitCode.Fine;
    }

    private static string Show(string folder, string file) =>
        Path.Combine(Path.GetRelativePath(Directory.GetCurrentDirectory(), folder), file);
}
