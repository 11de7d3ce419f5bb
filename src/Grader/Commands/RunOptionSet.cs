using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Grader.Reports;

namespace Grader.Commands;

/// <summary>How <see cref="RunOptions"/> are typed, the same for every command that grades.</summary>
internal sealed partial class RunOptionSet
{
    // Beyond it lies what a timer can count.
    private static readonly TimeSpan LongestLimit = TimeSpan.FromDays(24);

    private readonly Option<string[]> _reports = new("--report")
    {
        Description = "Writes a report: json, md, txt, junit, or github (annotations and summary).",
        HelpName = "FORMAT=PATH",
        AllowMultipleArgumentsPerToken = true,
        DefaultValueFactory = _ => [],
    };

    private readonly Option<int?> _minScore = NumberOption.Create(
        "--min-score",
        "Ends with 1 when a score is below N, and only then.",
        0,
        1000
    );

    private readonly Option<string?> _limit = new("--limit")
    {
        Description = "Ends after this time, such as 90s or 5m, with what is finished.",
        HelpName = "TIME",
    };

    public RunOptionSet(Command command)
    {
        command.Add(_reports);
        command.Add(_minScore);
        command.Add(_limit);
    }

    /// <summary>The words behind <c>--report</c>, of which the last may belong to the command.</summary>
    public IReadOnlyList<string> ReportsOf(ParseResult parsed) => parsed.GetRequiredValue(_reports);

    /// <summary>Reads what was typed; the time of the limit begins now.</summary>
    /// <exception cref="UsageException">A report or a time is none.</exception>
    public RunOptions Read(ParseResult parsed, IReadOnlyList<string> reports)
    {
        var summary = Environment.GetEnvironmentVariable("GITHUB_STEP_SUMMARY");
        var targets = reports.Select(text => ReportTarget.Parse(text, summary)).ToList();
        RequireDifferentFiles(targets);
        return new RunOptions(targets, parsed.GetValue(_minScore), ReadLimit(parsed.GetValue(_limit)));
    }

    private static void RequireDifferentFiles(List<ReportTarget> reports)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        if (reports.Find(target => !paths.Add(Path.GetFullPath(target.Path))) is { } twice)
        {
            throw new UsageException(
                $"--report {twice.Format}={twice.Path}: another report goes to that file",
                "name a file for each"
            );
        }
    }

    private static RunLimit ReadLimit(string? text) =>
        text is null
            ? RunLimit.None
            : new RunLimit(
                text,
                new CancellationTokenSource(
                    ParseDuration(text)
                        ?? throw new UsageException(
                            $"--limit {text}: that is no time",
                            "give one such as 90s, 5m, 1h or 00:05:00"
                        )
                ).Token
            );

    private static TimeSpan? ParseDuration(string text)
    {
        var match = WithUnit().Match(text);
        TimeSpan? duration =
            match.Success
                ? match.Groups["unit"].Value switch
                {
                    "s" => TimeSpan.FromSeconds(Number(match)),
                    "m" => TimeSpan.FromMinutes(Number(match)),
                    _ => TimeSpan.FromHours(Number(match)),
                }
            // A bare number would be days.
            : text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value)
                ? value
            : null;
        return duration > TimeSpan.Zero && duration <= LongestLimit ? duration : null;
    }

    private static int Number(Match match) => int.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^(?<number>[0-9]{1,6})(?<unit>[smh])$")]
    private static partial Regex WithUnit();
}
