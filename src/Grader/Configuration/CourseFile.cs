using System.Text.Json;
using Grader.Batch;
using Grader.Launching;
using Grader.Sandboxing;
using Grader.Scoring;
using Microsoft.Extensions.Configuration;

namespace Grader.Configuration;

/// <summary>Reads grading.json and the environment over it; every mistake is told with its place and its remedy.</summary>
internal static class CourseFile
{
    public const string DefaultName = "grading.json";

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
        return ReadCourse(new Setting(Load(full), path, "", CourseKeys.Root), path, Path.GetDirectoryName(full)!);
    }

    private static IConfigurationRoot Load(string path)
    {
        try
        {
            return new ConfigurationBuilder().AddJsonFile(path).AddEnvironmentVariables(Setting.Prefix).Build();
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

    private static Course ReadCourse(Setting root, string file, string folder)
    {
        root.RequireKnown();
        var defaults = CourseKeys.Defaults;
        return new Course
        {
            Name = root["course"].Text() ?? defaults.Name,
            Submissions = ReadSubmissions(root["submissions"], folder),
            Roster = ReadRoster(root["roster"], file, folder),
            Reports = ReadReports(root["reports"], root["submissions"], folder, defaults.Reports),
            Jobs = root["jobs"].Integer() ?? defaults.Jobs,
            Assignments = [.. root["assignments"].Fields().Select(assignment => assignment.Name)],
            Grading = new GradingOptions
            {
                Flaky = root["flaky"].Choice() is { } flaky
                    ? Enum.Parse<Flaky>(flaky, ignoreCase: true)
                    : defaults.Grading.Flaky,
                Sandbox = root["sandbox"].Choice() is { } sandbox
                    ? Enum.Parse<SandboxRule>(sandbox, ignoreCase: true)
                    : defaults.Grading.Sandbox,
                Limits = ReadLimits(root["limits"], defaults.Grading.Limits),
                Recipes = [.. root["recipes"].Items().Select(ReadRecipe)],
                Points = ReadPoints(root["assignments"]),
                Packages = ReadPackages(root["packages"], folder),
            },
        };
    }

    private static string ReadSubmissions(Setting setting, string folder)
    {
        var pattern = setting.RequiredText();
        if (SubmissionPattern.FindUnknown(pattern) is { } unknown)
        {
            throw setting.Wrong(
                $"is \"{pattern}\", and {unknown} stands for nothing",
                Suggestion.Remedy(unknown, [SubmissionPattern.Student, SubmissionPattern.Assignment])
            );
        }

        if (!pattern.Contains(SubmissionPattern.Student, StringComparison.Ordinal))
        {
            throw setting.Wrong(
                $"is \"{pattern}\"",
                $"it must hold {SubmissionPattern.Student}, and usually {SubmissionPattern.Assignment}"
            );
        }

        return Directory.Exists(StartOf(pattern, folder))
            ? Path.Combine(folder, pattern)
            : throw setting.Wrong(
                $"is \"{pattern}\"",
                $"there is no folder {pattern.Split('{')[0]}; paths are relative to the file"
            );
    }

    private static string ReadReports(Setting setting, Setting submissions, string folder, string defaults)
    {
        var text = setting.Text() ?? defaults;
        var path = Path.GetFullPath(Path.Combine(folder, text));
        // The folder of a student's reports would be the one that was handed in, to which nothing is ever written.
        return string.Equals(
            Path.TrimEndingDirectorySeparator(path),
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(StartOf(submissions.RequiredText(), folder))),
            StringComparison.Ordinal
        )
            ? throw setting.Wrong($"is \"{text}\"", "submissions lie there; name another folder")
            : Path.Combine(folder, text);
    }

    // The folder in front of the first placeholder.
    private static string StartOf(string pattern, string folder)
    {
        var fixedPart = Path.Combine(folder, pattern.Split('{')[0]);
        return fixedPart.EndsWith('/') ? fixedPart : Path.GetDirectoryName(fixedPart)!;
    }

    private static Roster? ReadRoster(Setting setting, string file, string folder)
    {
        if (setting.Text() is not { } path)
        {
            return null;
        }

        try
        {
            return RosterFile.Parse(
                File.ReadAllBytes(Path.Combine(folder, path)),
                Path.Combine(Path.GetDirectoryName(file) ?? "", path)
            );
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw setting.Wrong($"is \"{path}\"", "there is no such file; paths are relative to the file");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw setting.Wrong($"is \"{path}\"", "it cannot be read; name a file that the grader may read");
        }
    }

    private static Limits ReadLimits(Setting limits, Limits defaults) =>
        new()
        {
            Start = limits["start"].Duration() ?? defaults.Start,
            Stall = limits["stall"].Duration() ?? defaults.Stall,
            Check = limits["check"].Duration() ?? defaults.Check,
            Submission = limits["submission"].Duration() ?? defaults.Submission,
            Build = limits["build"].Duration() ?? defaults.Build,
            Memory = limits["memory"].Size() ?? defaults.Memory,
            Output = limits["output"].Size() ?? defaults.Output,
        };

    private static Dictionary<string, IReadOnlyDictionary<string, Worth>> ReadPoints(Setting assignments) =>
        assignments
            .Fields()
            .ToDictionary(
                assignment => assignment.Name,
                IReadOnlyDictionary<string, Worth> (assignment) =>
                    assignment["points"].Fields().ToDictionary(check => check.Name, check => check.Worth())
            );

    private static Packages ReadPackages(Setting packages, string folder) =>
        new()
        {
            NuGet = ReadFolder(packages["nuget"], folder),
            Npm = ReadFolder(packages["npm"], folder),
            Maven = ReadFolder(packages["maven"], folder),
        };

    private static string? ReadFolder(Setting setting, string folder)
    {
        if (setting.Text() is not { } path)
        {
            return null;
        }

        var full = Path.GetFullPath(Path.Combine(folder, path));
        return Directory.Exists(full)
            ? full
            : throw setting.Wrong($"is \"{path}\"", "there is no such folder; paths are relative to the file");
    }

    private static CourseRecipe ReadRecipe(Setting setting) =>
        new(
            setting["match"].RequiredText(),
            new Recipe
            {
                Source = DefaultName,
                Build = [.. setting["build"].Items().Select(command => command.Texts())],
                Server = setting["server"].RequiredTexts(),
                Client = setting["client"].Texts() is { Count: > 0 } client ? client : null,
                Stdin = setting["stdin"].Texts(),
            }
        );
}
