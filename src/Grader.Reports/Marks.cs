using Grader.Scoring;

namespace Grader.Reports;

/// <summary>One sign for each outcome.</summary>
public static class Marks
{
    public static char Of(Outcome outcome) =>
        outcome switch
        {
            Outcome.Passed => '✔',
            Outcome.Failed => '✘',
            Outcome.Flaky => '~',
            Outcome.Skipped => '-',
            _ => '!',
        };
}
