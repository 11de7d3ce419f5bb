using Grader.Reports;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary>What the caller of a run, often a CI job, wants of it beside the grading.</summary>
/// <param name="Reports">What is written at the end.</param>
/// <param name="MinScore">The least score that is no failure of the run; null where the command has a rule of its own.</param>
/// <param name="Limit">When the run ends with what it has.</param>
internal sealed record RunOptions(IReadOnlyList<ReportTarget> Reports, int? MinScore, RunLimit Limit)
{
    /// <exception cref="UsageException">A report cannot be written.</exception>
    public void Prepare(Screen screen)
    {
        foreach (var target in Reports)
        {
            target.RequireWritable();
        }

        screen.IsGuarded |= IsForGithub;
    }

    /// <summary>Writes the reports, and says which scores are too low.</summary>
    /// <param name="screen">Where annotations go.</param>
    /// <param name="results">What was graded.</param>
    /// <param name="ruleOf">The least score of a report where the caller names none.</param>
    /// <param name="folderOf">Where a submission lies, for annotations.</param>
    /// <returns>The exit code.</returns>
    public int Conclude(Screen screen, Results results, Func<Report, int> ruleOf, Func<Report, string?> folderOf)
    {
        var low = results.Reports.Count(report => report.Score < (MinScore ?? ruleOf(report)));
        if (MinScore is { } least && low > 0)
        {
            screen.Line();
            screen.Line($"Below the least score of {least}: {Text.Count(low, "submission")}");
        }

        var isWritten = Reports.Select(target => TryWrite(target, results)).ToList().TrueForAll(written => written);
        if (IsForGithub)
        {
            screen.Commands(GithubAnnotations.Render(results, report => SourceFile.Find(folderOf(report), report)));
        }

        return !isWritten || results.Reports.Any(report => report.Outcome == Grade.Error) ? ExitCode.Error
            : low > 0 ? ExitCode.Failed
            : ExitCode.Fine;
    }

    private bool IsForGithub => Reports.Any(target => target.IsForGithub);

    // A full disk costs this report, and not the others.
    private static bool TryWrite(ReportTarget target, Results results)
    {
        try
        {
            target.Write(results);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Screen.Error($"{target.Path}: not written: {e.Message}");
            return false;
        }
    }
}
