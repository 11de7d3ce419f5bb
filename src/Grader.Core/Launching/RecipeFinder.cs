using System.IO.Enumeration;
using Grader.Checks;

namespace Grader.Launching;

/// <summary>Finds how a folder is built and started: its own word, then the course's, then what the file names tell.</summary>
public static class RecipeFinder
{
    /// <exception cref="CheckFailedException">Nothing in the folder can be started.</exception>
    /// <exception cref="EnvironmentException">Two files could equally be meant.</exception>
    public static Recipe Find(string folder, IReadOnlyList<string> stems, IReadOnlyList<CourseRecipe> courseRecipes)
    {
        var own = Path.Combine(folder, SubmissionFile.Name);
        if (File.Exists(own))
        {
            return SubmissionFile.Parse(File.ReadAllText(own));
        }

        var files = Directory
            .GetFiles(folder)
            .Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal)
            .ToList();
        return courseRecipes
                .Where(course => files.Exists(file => FileSystemName.MatchesSimpleExpression(course.Match, file)))
                .Select(course => course.Recipe)
                .FirstOrDefault()
            ?? FindByStem(folder, files, stems)
            ?? FindExecutable(folder, files, stems)
            ?? FindByProject(folder, files, stems[0])
            ?? FindOnlySource(files)
            ?? throw new CheckFailedException(
                new Failure($"a server's source, such as {stems[0]}.py", DescribeContent(folder, files))
                {
                    Hint = $"Name your server's file {stems[0]}, or say how to start it in {SubmissionFile.Name}.",
                }
            );
    }

    private static Recipe? FindByStem(string folder, List<string> files, IReadOnlyList<string> stems)
    {
        foreach (var stem in stems)
        {
            var matches = (
                from language in Languages.All
                from file in files
                where HasStem(file, stem) && IsSourceOf(language, file)
                select (language, file)
            )
                .DistinctBy(match => match.language.Name)
                .ToList();

            if (matches.Count > 1)
            {
                throw new EnvironmentException(
                    $"{string.Join(" and ", matches.Select(match => match.file))} could each be the server; "
                        + $"name the one to start in {SubmissionFile.Name}"
                );
            }

            if (matches.Count == 1)
            {
                var (language, file) = matches[0];
                var project = FindProjectFile(folder, files, language, stem);
                return project is null ? Make(language.Name, language.Source, file, stem) : project;
            }
        }

        return null;
    }

    private static Recipe? FindByProject(string folder, List<string> files, string stem) =>
        Languages
            .All.Select(language => FindProjectFile(folder, files, language, stem))
            .OfType<Recipe>()
            .FirstOrDefault();

    // A lone program of any name is the server, unless it says that it is the client.
    private static Recipe? FindOnlySource(List<string> files)
    {
        var sources = (
            from language in Languages.All
            from file in files
            where IsSourceOf(language, file) && !file.Contains("client", StringComparison.OrdinalIgnoreCase)
            select (language, file)
        ).ToList();
        return sources is [var only] ? Make(only.language.Name, only.language.Source, only.file, "") : null;
    }

    private static Recipe? FindExecutable(string folder, List<string> files, IReadOnlyList<string> stems) =>
        stems
            .SelectMany(stem => files.Where(file => HasStem(file, stem)))
            .Where(file => Languages.IsExecutable(Path.Combine(folder, file)))
            .Select(file => Make("an executable file", new Steps([], ["./{file}"]), file, file))
            .FirstOrDefault();

    private static Recipe? FindProjectFile(string folder, List<string> files, Language language, string stem)
    {
        if (language.ProjectFile is not { } pattern)
        {
            return null;
        }

        var projects = files
            .Where(file => FileSystemName.MatchesSimpleExpression(pattern, file))
            .Where(file => !file.Contains("client", StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(file => HasStem(file, stem))
            .ToList();
        if (projects.Count == 0)
        {
            return null;
        }

        // A package.json without a start script only lists packages.
        var isStartable =
            pattern != "package.json" || Languages.ReadStartScript(Path.Combine(folder, pattern)) is not null;
        return isStartable ? Make(language.Name, language.Project!, projects[0], stem) : null;
    }

    private static string DescribeContent(string folder, List<string> files)
    {
        var folders = Directory
            .GetDirectories(folder)
            .Select(path => $"{Path.GetFileName(path)}/")
            .Order(StringComparer.Ordinal);
        var names = files.Concat(folders).Take(8).ToList();
        return names.Count == 0 ? "an empty folder" : $"none among {string.Join(", ", names)}";
    }

    private static bool HasStem(string file, string stem) =>
        string.Equals(Path.GetFileNameWithoutExtension(file), stem, StringComparison.OrdinalIgnoreCase);

    private static bool IsSourceOf(Language language, string file)
    {
        var extension = Path.GetExtension(file).ToLowerInvariant();
        return language.Extensions.Contains(extension)
            || (extension.Length > 0 && language.ProjectFile == $"*{extension}");
    }

    private static Recipe Make(string source, Steps steps, string file, string stem)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        string Fill(string text) =>
            text.Replace("{file}", file, StringComparison.Ordinal).Replace("{name}", name, StringComparison.Ordinal);
        return new Recipe
        {
            Source = $"{source} ({file})",
            Build = [.. steps.Build.Select(command => command.Select(Fill).ToList())],
            Server = [.. steps.Server.Select(Fill), "{port}"],
            ArgumentsAreOptional = true,
            Extras = steps.Extras.ToDictionary(extra => extra.Key, extra => Fill(extra.Value)),
            FindArtifact = steps.FindArtifact is { } find
                ? folder => find(folder, file == "Makefile" ? stem : name)
                : null,
        };
    }
}
