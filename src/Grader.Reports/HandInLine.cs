using System.Globalization;
using Grader.Intake;
using Grader.Scoring;

namespace Grader.Reports;

/// <summary>Says when something was handed in, how one knows, and what lateness cost.</summary>
internal static class HandInLine
{
    // Of the digits of a commit, as git shows them in a large repository.
    private const int Shown = 10;

    /// <returns>A sentence; null where nobody asks for it.</returns>
    public static string? Of(Report report)
    {
        if (report.HandIn is not { } handIn)
        {
            return null;
        }

        var source = handIn switch
        {
            { From: HandInSource.Commit, Commit: { Length: >= Shown } commit } => $"commit {commit[..Shown]}",
            { From: HandInSource.Commit } => "its commit",
            { From: HandInSource.Roster } => "the roster",
            _ => "the time of its files",
        };
        var line = $"Handed in {Show(handIn.At)} ({source})";
        return report.Late is { } late
            ? $"{line}, {Text.Span(late.By)} after it was due ({Show(late.Due)}): {late.Score}{Extra(late)} points before, {late.Percent} % off."
            : $"{line}.";
    }

    private static string Extra(Lateness late) => late.Extra > 0 ? $" and {late.Extra} extra" : "";

    private static string Show(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
