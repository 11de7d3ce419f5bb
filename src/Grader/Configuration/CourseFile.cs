using System.Text.Json;
using Grader.Assignments;
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

    private const string NoFile = "there is no such file; paths are relative to the file";

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
            // Opened here: AddJsonFile finds no file whose name begins with a dot.
            using var file = File.OpenRead(path);
            return new ConfigurationBuilder().AddJsonStream(file).AddEnvironmentVariables(Setting.Prefix).Build();
        }
        catch (JsonException e)
        {
            throw new UsageException(
                $"{path}: line {e.LineNumber + 1} is no JSON",
                "check its commas, quotes and brackets"
            );
        }
        catch (FormatException e)
        {
            throw new UsageException($"{path}: {e.Message.TrimEnd('.')}", "it must be one object with each key once");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path}: it cannot be read", "name a file that the grader may read");
        }
    }

    private static Course ReadCourse(Setting root, string file, string folder)
    {
        root.RequireKnown();
        var defaults = CourseKeys.Defaults;
        var dueDates = ReadDueDates(root["assignments"]);
        var folders = ReadFolders(root["assignments"]);
        var reports = ReadReports(root["reports"], root["submissions"], folder, defaults.Reports);
        var roster = ReadRoster(root["roster"], file, folder, [.. dueDates.Keys]);
        return new Course
        {
            Name = root["course"].Text() ?? defaults.Name,
            Submissions = ReadSubmissions(root["submissions"], file, folder, folders, reports, roster),
            Roster = roster,
            Reports = reports,
            Jobs = root["jobs"].Integer() ?? defaults.Jobs,
            Assignments = [.. root["assignments"].Fields().Select(assignment => assignment.Name)],
            Folders = folders,
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
                DueDates = dueDates,
                Packages = ReadPackages(root["packages"], folder),
            },
        };
    }

    private static Dictionary<string, string> ReadFolders(Setting assignments) =>
        assignments
            .Fields()
            .Select(assignment => (assignment.Name, Folder: assignment["folder"].Text()))
            .Where(pair => pair.Folder is not null)
            .ToDictionary(pair => pair.Name, pair => pair.Folder!);

    private static ISubmissions ReadSubmissions(
        Setting setting,
        string file,
        string folder,
        Dictionary<string, string> folders,
        string reports,
        Roster? roster
    )
    {
        var pattern = setting.RequiredText();
        if (SubmissionPattern.FindUnknown(pattern) is { } unknown)
        {
            throw setting.Wrong(
                $"is \"{pattern}\", and {unknown} stands for nothing",
                Suggestion.Remedy(unknown, [SubmissionPattern.Student, SubmissionPattern.Assignment])
            );
        }

        var isOfStudents = pattern.Contains(SubmissionPattern.Student, StringComparison.Ordinal);
        if (!isOfStudents && pattern.EndsWith(RepositoryFile.Ending, StringComparison.OrdinalIgnoreCase))
        {
            return ReadRepositories(setting, pattern, file, folder);
        }

        if (!isOfStudents)
        {
            throw setting.Wrong(
                $"is \"{pattern}\"",
                $"it must hold {SubmissionPattern.Student}, and usually {SubmissionPattern.Assignment}"
            );
        }

        return Directory.Exists(StartOf(pattern, folder))
            ? new SubmissionPattern(Path.Combine(folder, pattern))
            {
                Assignments =
                [
                    .. Catalogue.All.Select(assignment => folders.GetValueOrDefault(assignment.Id, assignment.Id)),
                ],
                Students = [.. roster?.Students ?? []],
                Reports = reports,
            }
            : throw setting.Wrong(
                $"is \"{pattern}\"",
                $"there is no folder {pattern.Split('{')[0]}; paths are relative to the file"
            );
    }

    private static RepositoryList ReadRepositories(Setting setting, string pattern, string file, string folder)
    {
        var isOfEach = pattern.Contains(SubmissionPattern.Assignment, StringComparison.Ordinal);
        var lists = Catalogue
            .All.Select(assignment => isOfEach ? assignment.Id : null)
            .Distinct()
            .Select(id => (id, name: pattern.Replace(SubmissionPattern.Assignment, id, StringComparison.Ordinal)))
            .Where(list => !isOfEach || File.Exists(Path.Combine(folder, list.name)))
            .ToList();
        return lists.Count == 0
            ? throw setting.Wrong($"is \"{pattern}\"", NoFile)
            : new RepositoryList(
                Path.Combine(folder, pattern),
                [
                    .. lists.SelectMany(list =>
                        RepositoryFile.Parse(
                            ReadFile(setting, list.name, folder),
                            Beside(file, list.name),
                            folder,
                            list.id
                        )
                    ),
                ]
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

    // The folder of the name that holds the first placeholder; a list, which holds none, lies in its own.
    private static string StartOf(string pattern, string folder) =>
        Path.GetDirectoryName(Path.Combine(folder, $"{pattern.Split('{')[0]}{{"))!;

    private static Roster? ReadRoster(Setting setting, string file, string folder, IReadOnlyList<string> due) =>
        setting.Text() is { } path ? RosterFile.Parse(ReadFile(setting, path, folder), Beside(file, path), due) : null;

    private static byte[] ReadFile(Setting setting, string path, string folder)
    {
        try
        {
            return File.ReadAllBytes(Path.Combine(folder, path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw setting.Wrong($"is \"{path}\"", NoFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw setting.Wrong($"is \"{path}\"", "it cannot be read; name a file that the grader may read");
        }
    }

    // As whoever typed the name of the one would write that of the other.
    private static string Beside(string file, string path) => Path.Combine(Path.GetDirectoryName(file) ?? "", path);

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

    private static Dictionary<string, DueDate> ReadDueDates(Setting assignments) =>
        assignments
            .Fields()
            .Select(assignment => (assignment.Name, DueDate: ReadDueDate(assignment)))
            .Where(pair => pair.DueDate is not null)
            .ToDictionary(pair => pair.Name, pair => pair.DueDate!);

    private static DueDate? ReadDueDate(Setting assignment)
    {
        var late = assignment["late"].Items();
        var extensions = assignment["extensions"].Items();
        if (assignment["due"].Moment() is not { } due)
        {
            return late.Concat(extensions).Any() ? throw assignment["due"].Wrong("is missing", Instant.Remedy) : null;
        }

        var rules = new List<LateRule>();
        foreach (var rule in late)
        {
            var after = rule["after"].Delay();
            if (rules.Count > 0 && after <= rules[^1].After)
            {
                throw rule["after"]
                    .Wrong($"is \"{rule["after"].Text()}\"", "put the rules in the order of their times");
            }

            rules.Add(new LateRule(after, rule["percent"].RequiredInteger()));
        }

        var others = new Dictionary<string, DateTimeOffset>();
        foreach (var extension in extensions)
        {
            var student = extension["student"].RequiredText();
            if (!others.TryAdd(student, extension["due"].RequiredMoment()))
            {
                throw extension["student"].Wrong($"is \"{student}\" once more", "keep one of them");
            }
        }

        return new DueDate(due) { Late = rules, Extensions = others };
    }

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
