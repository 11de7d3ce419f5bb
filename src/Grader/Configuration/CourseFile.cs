using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Grader.Assignments;
using Grader.Batch;
using Grader.Launching;
using Grader.Scoring;
using Microsoft.Extensions.Configuration;

namespace Grader.Configuration;

/// <summary>Reads grading.json and the environment over it; every mistake is told with its place and its remedy.</summary>
internal static partial class CourseFile
{
    public const string DefaultName = "grading.json";

    private const string Prefix = "GRADER_";

    /// <exception cref="UsageException">Something in it is wrong.</exception>
    public static Course Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException(
                $"{path}: no such file",
                $"name yours with --config, or run where {DefaultName} lies"
            );
        }

        var full = Path.GetFullPath(path);
        return ReadCourse(new Setting(Load(full), path, ""), Path.GetDirectoryName(full)!);
    }

    private static IConfigurationRoot Load(string path)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(path).AddEnvironmentVariables(Prefix).Build();
        }
        catch (InvalidDataException e)
        {
            throw (e.InnerException?.InnerException ?? e.InnerException) is JsonException json
                ? new UsageException(
                    $"{path}: line {json.LineNumber + 1} is no JSON",
                    "check its commas, quotes and brackets"
                )
                : new UsageException(
                    $"{path}: {(e.InnerException ?? e).Message.TrimEnd('.')}",
                    "it must be one object with each key once"
                );
        }
    }

    private static Course ReadCourse(Setting root, string folder)
    {
        root.RequireKnown(
            "$schema",
            "course",
            "submissions",
            "reports",
            "jobs",
            "sandbox",
            "limits",
            "assignments",
            "recipes"
        );
        return new Course
        {
            Name = root["course"].Text() ?? "Course",
            Submissions = ReadSubmissions(root["submissions"], folder),
            Reports = Path.Combine(folder, root["reports"].Text() ?? "reports"),
            Jobs = root["jobs"].Integer(1, 64) ?? 4,
            Sandbox = ReadSandbox(root["sandbox"]),
            Assignments =
            [
                .. root["assignments"].Children().Select(ReadAssignment).Select(assignment => assignment.Id),
            ],
            Grading = new GradingOptions
            {
                Limits = ReadLimits(root["limits"]),
                Recipes = [.. root["recipes"].Children().Select(ReadRecipe)],
                Points = ReadPoints(root["assignments"]),
            },
        };
    }

    private static string ReadSubmissions(Setting setting, string folder)
    {
        var pattern =
            setting.Text()
            ?? throw setting.Wrong(
                "is missing",
                $"for example \"class/{SubmissionPattern.Student}/{SubmissionPattern.Assignment}\""
            );
        if (!pattern.Contains(SubmissionPattern.Student, StringComparison.Ordinal))
        {
            throw setting.Wrong(
                $"is \"{pattern}\"",
                $"it must hold {SubmissionPattern.Student}, and usually {SubmissionPattern.Assignment}"
            );
        }

        var fixedPart = Path.Combine(folder, pattern.Split('{')[0]);
        var start = fixedPart.EndsWith('/') ? fixedPart : Path.GetDirectoryName(fixedPart)!;
        return Directory.Exists(start)
            ? Path.Combine(folder, pattern)
            : throw setting.Wrong(
                $"is \"{pattern}\"",
                $"there is no folder {pattern.Split('{')[0]}; paths are relative to the file"
            );
    }

    private static Sandbox ReadSandbox(Setting setting)
    {
        var text = setting.Text() ?? "auto";
        return Enum.TryParse<Sandbox>(text, ignoreCase: true, out var sandbox) && !int.TryParse(text, out _)
            ? sandbox
            : throw setting.Wrong($"is \"{text}\"", "it must be \"auto\", \"off\" or \"required\"");
    }

    private static Limits ReadLimits(Setting limits)
    {
        limits.RequireKnown("start", "stall", "check", "submission", "build", "memory", "output");
        var defaults = new Limits();
        return new Limits
        {
            Start = limits["start"].Duration() ?? defaults.Start,
            Stall = limits["stall"].Duration() ?? defaults.Stall,
            Check = limits["check"].Duration() ?? defaults.Check,
            Submission = limits["submission"].Duration() ?? defaults.Submission,
            Build = limits["build"].Duration() ?? defaults.Build,
            Memory = limits["memory"].Size() ?? defaults.Memory,
            Output = limits["output"].Size() ?? defaults.Output,
        };
    }

    private static Assignment ReadAssignment(Setting setting) =>
        Catalogue.All.FirstOrDefault(assignment =>
            string.Equals(assignment.Id, setting.Name, StringComparison.OrdinalIgnoreCase)
        )
        ?? throw setting.Wrong(
            "is unknown",
            Suggestion.Remedy(setting.Name, Catalogue.All.Select(assignment => assignment.Id))
        );

    private static Dictionary<string, IReadOnlyDictionary<string, Worth>> ReadPoints(Setting assignments)
    {
        var points = new Dictionary<string, IReadOnlyDictionary<string, Worth>>();
        foreach (var setting in assignments.Children())
        {
            setting.RequireKnown("points");
            var assignment = ReadAssignment(setting);
            var checks = assignment.Checks.ToDictionary(check => check.Id, StringComparer.OrdinalIgnoreCase);
            points[assignment.Id] = setting["points"]
                .Children()
                .ToDictionary(
                    check => checks.TryGetValue(check.Name, out var known) ? known.Id : check.Name,
                    check =>
                        checks.TryGetValue(check.Name, out var known)
                            ? ReadWorth(check, known.Points)
                            : throw check.Wrong("is unknown", Suggestion.Remedy(check.Name, checks.Keys))
                );
        }

        return points;
    }

    private static Worth ReadWorth(Setting setting, int points) =>
        setting.Text() == "extra"
            ? new Worth(points, IsExtra: true)
            : new Worth(
                setting.Integer(0, 1000)
                    ?? throw setting.Wrong("is empty", "give a number of points, 0 to show only, or \"extra\""),
                IsExtra: false
            );

    private static CourseRecipe ReadRecipe(Setting setting)
    {
        setting.RequireKnown("match", "build", "server", "client", "stdin");
        return new CourseRecipe(
            setting["match"].Text()
                ?? throw setting["match"].Wrong("is missing", "give a file name or a pattern, such as \"*.go\""),
            new Recipe
            {
                Source = DefaultName,
                Build = [.. setting["build"].Children().Select(command => command.Texts())],
                Server = setting["server"].Texts() is { Count: > 0 } server
                    ? server
                    : throw setting["server"].Wrong("is missing", "give a command, such as [\"./server\", \"{port}\"]"),
                Client = setting["client"].Texts() is { Count: > 0 } client ? client : null,
                Stdin = setting["stdin"].Texts(),
            }
        );
    }

    /// <summary>A place in the configuration.</summary>
    private sealed partial class Setting(IConfiguration root, string file, string key)
    {
        private IConfigurationSection Section => root.GetSection(key);

        public string Name => key[(key.LastIndexOf(':') + 1)..];

        public Setting this[string name] => new(root, file, key.Length == 0 ? name : $"{key}:{name}");

        public IEnumerable<Setting> Children()
        {
            if (key.Length > 0 && Section.Value is { Length: > 0 } value)
            {
                throw Wrong($"is \"{value}\"", "it must be a list or an object");
            }

            return (key.Length == 0 ? root.GetChildren() : Section.GetChildren()).Select(child => new Setting(
                root,
                file,
                child.Path
            ));
        }

        public string? Text()
        {
            if (Section.Value is { } value)
            {
                return value;
            }

            return Section.GetChildren().Any() ? throw Wrong("is a list or an object", "it must be one value") : null;
        }

        public List<string> Texts() =>
            [.. Children().Select(child => child.Text() ?? throw child.Wrong("is empty", "give a text"))];

        public int? Integer(int least, int most)
        {
            if (Text() is not { } text)
            {
                return null;
            }

            return
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
                && value >= least
                && value <= most
                ? value
                : throw Wrong($"is \"{text}\"", $"it must be a whole number from {least} to {most}");
        }

        public TimeSpan? Duration()
        {
            if (Text() is not { } text)
            {
                return null;
            }

            // A bare number would be days.
            return
                text.Contains(':', StringComparison.Ordinal)
                && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value)
                && value > TimeSpan.Zero
                ? value
                : throw Wrong(
                    $"is \"{text}\"",
                    "it must be a time longer than zero, for example \"00:00:10\" for ten seconds"
                );
        }

        public long? Size()
        {
            if (Text() is not { } text)
            {
                return null;
            }

            var match = SizePattern().Match(text);
            return
                match.Success
                && long.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var value)
                && value is > 0 and < 1 << 20
                ? value
                    * (
                        match.Groups[2].Value.ToUpperInvariant() switch
                        {
                            "KB" => 1_000,
                            "MB" => 1_000_000,
                            _ => 1_000_000_000L,
                        }
                    )
                : throw Wrong($"is \"{text}\"", "it must be a number with a unit, for example \"512MB\"");
        }

        public void RequireKnown(params string[] known)
        {
            foreach (
                var child in Children().Where(child => !known.Contains(child.Name, StringComparer.OrdinalIgnoreCase))
            )
            {
                throw child.Wrong("is unknown", Suggestion.Remedy(child.Name, known));
            }
        }

        public UsageException Wrong(string what, string remedy) =>
            new(
                IsFromEnvironment()
                    ? $"environment: {Prefix}{key.Replace(":", "__", StringComparison.Ordinal)} {what}"
                    : $"{file}: {key.Replace(':', '.')} {what}",
                remedy
            );

        private bool IsFromEnvironment()
        {
            var environment = ((IConfigurationRoot)root).Providers.Last();
            return environment.TryGet(key, out _) || environment.GetChildKeys([], key).Any();
        }

        [GeneratedRegex(@"^\s*([0-9]+)\s*(KB|MB|GB)\s*$", RegexOptions.IgnoreCase)]
        private static partial Regex SizePattern();
    }
}
