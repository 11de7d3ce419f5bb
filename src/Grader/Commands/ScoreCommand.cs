using Grader.Configuration;
using Grader.Reports;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary><c>grader score</c>: the points of now on what earlier runs found; no program is started.</summary>
internal static class ScoreCommand
{
    /// <exception cref="UsageException">The configuration is wrong, or nothing was graded yet.</exception>
    public static int Run(Screen screen, string config)
    {
        var course = CourseFile.Read(config);
        var all = CourseWork.Find(course, config);
        var folder = new ReportFolder(course.Reports);
        if (!all.Any(work => folder.Has(work.Student, work.Assignment.Id)))
        {
            throw new UsageException(
                $"{course.Reports}: no report is there yet",
                $"grade the class first: {Typed.Command("batch", config)}"
            );
        }

        using var turn = folder.Lock();
        screen.Line($"{course.Name}: scored again with the points of now, nothing is started");
        var results = Gradebook.Write(course, folder, all, []);
        foreach (var result in results)
        {
            if (result.Now is { } now)
            {
                // Other formats may have been lost, or be of an older version of ours.
                folder.Write(now);
                screen.Line(BatchCommand.Describe(now, Was(result.Before, now)));
            }
        }

        var errors = results
            .Select(result => result.Now)
            .OfType<Report>()
            .Where(now => now.Outcome == Grade.Error)
            .ToList();
        foreach (var error in errors)
        {
            screen.Line($"! {Text.Printable(error.Student)}, {error.Assignment}: {Text.Printable(error.Error ?? "")}");
        }

        var left = results.Where(result => result.Now is null).ToList();
        Gradebook.Tell(screen, course, config, all, left);
        return errors.Count + left.Count > 0 ? ExitCode.Error : ExitCode.Fine;
    }

    private static string Was(Report? before, Report now) =>
        before is not null && ScoreLine.Of(before) != ScoreLine.Of(now) ? $"was {ScoreLine.Of(before)}" : "";
}
