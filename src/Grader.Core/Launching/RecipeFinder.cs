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
        var recipe = FindAny(folder, stems, courseRecipes);
        return recipe.Language is null && Languages.OfCommand(recipe.Server ?? []) is { } language
            ? recipe with
            {
                Language = language.Name,
            }
            : recipe;
    }

    private static Recipe FindAny(string folder, IReadOnlyList<string> stems, IReadOnlyList<CourseRecipe> courseRecipes)
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
            ?? FindByProject(folder, files, stems)
            ?? FindOnlySource(folder, files)
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
            var matches = FindSources(files.FindAll(file => HasStem(file, stem)))
                .DistinctBy(match => match.Language.Name)
                .ToList();

            if (matches.Count > 1)
            {
                throw new EnvironmentException(
                    $"{string.Join(" and ", matches.Select(match => match.File))} could each be the server; "
                        + $"name the one to start in {SubmissionFile.Name}"
                );
            }

            if (matches is [var (language, file)])
            {
                if (FindProjectFile(folder, files, language, [stem, .. stems]) is { } project)
                {
                    return project;
                }

                if (!IsPartOfAnother(folder, files, language, file))
                {
                    return MakeFromSource(folder, files, language, file);
                }
            }
        }

        return null;
    }

    // A server.go may hold the server's functions, and main.go beside it the program.
    private static bool IsPartOfAnother(string folder, List<string> files, Language language, string file) =>
        !Begins(folder, language, file)
        && files.Exists(other =>
            IsSourceOf(language, other) && !SourceText.SaysClient(other) && Begins(folder, language, other)
        );

    // A Makefile may stand for any language, and a Cargo.toml for one.
    private static Recipe? FindByProject(string folder, List<string> files, IReadOnlyList<string> stems) =>
        Languages
            .All.OrderBy(language => language.ProjectFile == "Makefile")
            .Select(language => FindProjectFile(folder, files, language, stems))
            .OfType<Recipe>()
            .FirstOrDefault();

    // A lone program of any name is the server, unless it says that it is the client.
    private static Recipe? FindOnlySource(string folder, List<string> files)
    {
        var sources = FindSources(files.FindAll(file => !SourceText.SaysClient(file)));
        if (sources.Count > 1 && sources.TrueForAll(source => source.Language.EntryPoint is not null))
        {
            sources = sources.FindAll(source => Begins(folder, source.Language, source.File));
        }

        return sources is [var (language, only)] ? MakeFromSource(folder, files, language, only) : null;
    }

    private static List<(Language Language, string File)> FindSources(List<string> files)
    {
        var sources = (
            from language in Languages.All
            from file in files
            where IsSourceOf(language, file)
            select (language, file)
        ).ToList();
        var firm = sources.FindAll(source => !source.language.GivesWay);
        return firm.Count > 0 ? firm : sources;
    }

    private static Recipe? FindExecutable(string folder, List<string> files, IReadOnlyList<string> stems) =>
        stems
            .SelectMany(stem => files.Where(file => HasStem(file, stem)))
            // From an archive, or on a shared drive, every file may have the bit.
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is "" or ".out" or ".exe")
            .Where(file => Languages.IsExecutable(Path.Combine(folder, file)))
            .Select(file => Make("an executable file", null, new Steps([], ["./{file}"]), file, []))
            .FirstOrDefault();

    private static Recipe? FindProjectFile(
        string folder,
        List<string> files,
        Language language,
        IReadOnlyList<string> stems
    )
    {
        if (language.ProjectFile is not { } pattern)
        {
            return null;
        }

        var projects = files
            .Where(file => FileSystemName.MatchesSimpleExpression(pattern, file))
            .Where(file => !SourceText.SaysClient(file))
            .OrderByDescending(file => HasStem(file, stems[0]))
            .ToList();
        return projects.Count > 0 && language.ProjectStarts(folder)
            ? Prepare(folder, language, Make(language.Name, language, language.Project!, projects[0], stems))
            : null;
    }

    private static Recipe MakeFromSource(string folder, List<string> files, Language language, string file)
    {
        var alone = Make(language.Name, language, language.Source, file, [Path.GetFileNameWithoutExtension(file)]);
        var helpers = language.EntryPoint is null
            ? []
            : files.FindAll(other =>
                other != file
                && IsSourceOf(language, other)
                && !SourceText.IsOfTest(other)
                && !Begins(folder, language, other)
            );
        return Prepare(folder, language, WithSources(alone, file, helpers));
    }

    // Alone first: a file that is not needed, and perhaps does not compile, then does no harm.
    private static Recipe WithSources(Recipe recipe, string file, List<string> helpers)
    {
        List<IReadOnlyList<string>> Expand(IReadOnlyList<string> sources) =>
            [
                .. recipe.Build.Select(command =>
                    command.SelectMany(word => word == Steps.Sources ? sources : [word]).ToList()
                ),
            ];
        return recipe with
        {
            Build = Expand([file]),
            SecondBuild = helpers.Count > 0 ? Expand([file, .. helpers]) : [],
        };
    }

    private static Recipe Prepare(string folder, Language language, Recipe recipe) =>
        recipe with
        {
            Build = [.. language.Prepare(folder), .. recipe.Build],
        };

    private static bool Begins(string folder, Language language, string file) =>
        language.EntryPoint is not { } entryPoint || SourceText.Begins(entryPoint, Path.Combine(folder, file));

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

    private static Recipe Make(string source, Language? language, Steps steps, string file, IReadOnlyList<string> names)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        string Fill(string text) =>
            text.Replace("{file}", file, StringComparison.Ordinal).Replace("{name}", name, StringComparison.Ordinal);
        return new Recipe
        {
            Source = $"{source} ({file})",
            Language = language?.Name,
            Build = [.. steps.Build.Select(command => command.Select(Fill).ToList())],
            Server = [.. steps.Server.Select(Fill), "{port}"],
            ArgumentsAreOptional = true,
            Extras = steps.Extras.ToDictionary(extra => extra.Key, extra => Fill(extra.Value)),
            FindArtifact = steps.FindArtifact is { } find ? folder => find(folder, names) : null,
        };
    }
}
