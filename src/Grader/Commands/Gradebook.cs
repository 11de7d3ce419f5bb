using Grader.Batch;
using Grader.Reports;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary>The gradebook of a whole class, of which a run may have graded a part; one scheme of points holds in all of it.</summary>
internal static class Gradebook
{
    /// <summary>Adds what earlier runs found to what this one did, and writes it all.</summary>
    /// <returns>What was not graded this time.</returns>
    public static List<StoredResult> Write(
        Course course,
        ReportFolder folder,
        IReadOnlyList<Work> all,
        IReadOnlyList<Report> done
    )
    {
        var now = done.ToDictionary(report => (report.Student, report.Assignment));
        var rest = all.Where(work => !now.ContainsKey((work.Student, work.Assignment.Id)))
            .Select(work => StoredResult.Find(work, folder, course.Grading))
            .ToList();
        foreach (var report in rest.Where(result => result.HasChanged).Select(result => result.Now!))
        {
            folder.Write(report);
        }

        foreach (var report in rest.Select(result => result.Now).OfType<Report>())
        {
            now.Add((report.Student, report.Assignment), report);
        }

        folder.WriteGradebook(
            course.Name,
            [.. all.Select(work => now.GetValueOrDefault((work.Student, work.Assignment.Id))).OfType<Report>()],
            course.Roster,
            course.Grading.DueDates.Count > 0
        );
        return rest;
    }

    /// <summary>Says who is in no roster, what is not in the gradebook, and where everything lies.</summary>
    public static void Tell(
        Screen screen,
        Course course,
        string config,
        IReadOnlyList<Work> all,
        IReadOnlyList<StoredResult> left
    )
    {
        foreach (var result in left)
        {
            screen.Line($"! {Text.Printable(result.Work.Student)}, {result.Work.Assignment.Id}: {Problem(result)}");
        }

        if (left.Count > 0)
        {
            screen.Line(
                $"Not in the gradebook: {Text.Count(left.Count, "result")}; grade again: {CommandFor(left, config)}"
            );
        }

        var strangers = all.Select(work => work.Student)
            .Distinct()
            .Where(student => course.Roster?.Has(student) == false)
            .Select(Text.Printable)
            .ToList();
        if (strangers.Count > 0)
        {
            screen.Line($"In no roster: {string.Join(", ", strangers)}");
        }

        foreach (var id in CourseWork.FindUnasked(course))
        {
            screen.Line(
                $"Not graded: {id}, which was handed in; \"assignments\" names others alone (add \"{id}\": {{}} to it)"
            );
        }

        if (CourseWork.TellOtherKinds(course) is { } others)
        {
            screen.Line($"Not looked at: {others}");
        }

        screen.Line($"Gradebook: {Show(course.Reports, "grades.csv")}");
        screen.Line($"Class:     {Show(course.Reports, "summary.md")}");
        screen.Line($"Reports:   {Show(course.Reports, "<student>/<assignment>/report.txt")}");
    }

    private static string Problem(StoredResult result) => result.Problem ?? "not graded yet";

    private static string CommandFor(IEnumerable<StoredResult> left, string config)
    {
        var students = left.Select(result => Typed.Word(result.Work.Student)).Distinct();
        return $"{Typed.Command("batch", config)} --student {string.Join(' ', students)}";
    }

    private static string Show(string folder, string file) =>
        Path.Combine(Path.GetRelativePath(Directory.GetCurrentDirectory(), folder), file);
}
