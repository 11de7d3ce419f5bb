namespace Grader.Reports;

/// <summary>The formats that can be asked for by name; each renders the whole run into one file.</summary>
internal static class ReportFormats
{
    /// <summary>Annotations and the summary of a step; it is appended to what is there.</summary>
    public const string Github = "github";

    private static readonly Dictionary<string, Func<Results, string>> Renderers = new()
    {
        ["json"] = results =>
            results.Course is null ? JsonReport.Render(results.Reports[0]) : JsonReport.Render(results.Reports),
        ["md"] = results => string.Join("\n", Markdowns(results)),
        ["txt"] = results => string.Join("\n", results.Reports.Select(report => TextReport.Render(report))),
        ["junit"] = results => JUnitReport.Render(results.All),
    };

    public static IEnumerable<string> Names => [.. Renderers.Keys, Github];

    public static string Render(string format, Results results) => Renderers[format](results);

    /// <summary>The class at a glance, where there is one, and each report.</summary>
    public static IEnumerable<string> Markdowns(Results results) =>
        results.Reports.Select(MarkdownReport.Render).Prepend(Summary(results)).OfType<string>();

    private static string? Summary(Results results) =>
        results.Course is { } course ? SummaryReport.Render(course, results.Reports) : null;
}
