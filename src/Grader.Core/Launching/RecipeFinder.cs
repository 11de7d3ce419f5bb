using System.IO.Enumeration;
using Grader.Checks;

namespace Grader.Launching;

/// <summary>Finds how a program in a folder is built and started: its own word, then the course's, then what the file names tell.</summary>
public sealed class RecipeFinder
{
    private readonly string _folder;
    private readonly List<string> _files;
    private readonly IReadOnlyList<string> _stems;
    private readonly Part _part;

    private RecipeFinder(string folder, IReadOnlyList<string> stems, Part part)
    {
        _folder = folder;
        _files = [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        _stems = stems;
        _part = part;
    }

    /// <param name="folder">Where it was handed in.</param>
    /// <param name="stems">File names, without extension, that it may have, the likeliest first.</param>
    /// <param name="courseRecipes">What the course adds.</param>
    /// <param name="part">Which program.</param>
    /// <exception cref="CheckFailedException">Nothing in the folder can be started.</exception>
    /// <exception cref="EnvironmentException">Two files could equally be meant.</exception>
    public static Recipe Find(
        string folder,
        IReadOnlyList<string> stems,
        IReadOnlyList<CourseRecipe> courseRecipes,
        Part part = Part.Server
    )
    {
        var recipe = new RecipeFinder(folder, stems, part).Find(courseRecipes);
        return recipe.Language is null && Languages.OfCommand(recipe.CommandOf(part) ?? []) is { } language
            ? recipe with
            {
                Language = language.Name,
            }
            : recipe;
    }

    private string Name => _part == Part.Server ? "server" : "client";

    private Recipe Find(IReadOnlyList<CourseRecipe> courseRecipes)
    {
        var own = Path.Combine(_folder, SubmissionFile.Name);
        var said = File.Exists(own) ? SubmissionFile.Read(own) : null;
        return Starts(said)
            ?? courseRecipes
                .Where(course => _files.Exists(file => FileSystemName.MatchesSimpleExpression(course.Match, file)))
                .Select(course => Starts(course.Recipe))
                .FirstOrDefault(recipe => recipe is not null)
            ?? FindByStem()
            ?? FindExecutable()
            ?? FindByProject()
            ?? FindOnlySource()
            ?? said
            ?? throw new CheckFailedException(
                new Failure($"a {Name}'s source, such as {_stems[0]}.py", DescribeContent())
                {
                    Hint = $"Name your {Name}'s file {_stems[0]}, or say how to start it in {SubmissionFile.Name}.",
                }
            );
    }

    // Who says how the one is started need not say it of the other, if that is called as one.
    private Recipe? Starts(Recipe? recipe) => recipe?.CommandOf(_part) is null ? null : recipe;

    private Recipe? FindByStem()
    {
        foreach (var stem in _stems)
        {
            var matches = FindSources(_files.FindAll(file => HasStem(file, stem)))
                .DistinctBy(match => match.Language.Name)
                .ToList();

            if (matches.Count > 1)
            {
                throw new EnvironmentException(
                    $"{string.Join(" and ", matches.Select(match => match.File))} could each be the {Name}; "
                        + $"name the one to start in {SubmissionFile.Name}"
                );
            }

            if (matches is [var (language, file)])
            {
                if (FindProjectFile(language, [stem, .. _stems]) is { } project)
                {
                    return project;
                }

                if (!IsPartOfAnother(language, file))
                {
                    return MakeFromSource(language, file);
                }
            }
        }

        return null;
    }

    // A server.go may hold the server's functions, and main.go beside it the program.
    private bool IsPartOfAnother(Language language, string file) =>
        !Begins(language, file)
        && _files.Exists(other =>
            IsSourceOf(language, other) && !SourceText.IsOfOther(_part, other) && Begins(language, other)
        );

    // A Makefile may stand for any language, and a Cargo.toml for one.
    private Recipe? FindByProject() =>
        Languages
            .All.OrderBy(language => language.ProjectFile == "Makefile")
            .Select(language => FindProjectFile(language, _stems))
            .OfType<Recipe>()
            .FirstOrDefault();

    // A lone program of any name is the one that is looked for, unless it says that it is the other.
    private Recipe? FindOnlySource()
    {
        var sources = FindSources(_files.FindAll(file => !SourceText.IsOfOther(_part, file) && !IsServerAlone(file)));
        if (sources.Count > 1 && sources.TrueForAll(source => source.Language.EntryPoint is not null))
        {
            sources = sources.FindAll(source => Begins(source.Language, source.File));
        }

        return sources is [var (language, only)] ? MakeFromSource(language, only) : null;
    }

    // Who has handed in no client has a program of any name as well, which is the server.
    private bool IsServerAlone(string file) =>
        _part == Part.Client
        && !SourceText.IsOfOther(Part.Server, file)
        && SourceText.Serves(Path.Combine(_folder, file));

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

    private Recipe? FindExecutable() =>
        _stems
            .SelectMany(stem => _files.Where(file => HasStem(file, stem)))
            // From an archive, or on a shared drive, every file may have the bit.
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is "" or ".out" or ".exe")
            .Where(file => Languages.IsExecutable(Path.Combine(_folder, file)))
            .Select(file => Make("an executable file", null, new Steps([], ["./{file}"]), file, []))
            .FirstOrDefault();

    private Recipe? FindProjectFile(Language language, IReadOnlyList<string> stems)
    {
        if (language.ProjectFile is not { } pattern)
        {
            return null;
        }

        var projects = _files
            .Where(file => FileSystemName.MatchesSimpleExpression(pattern, file))
            .Where(file => !SourceText.IsOfOther(_part, file))
            .OrderByDescending(file => HasStem(file, stems[0]))
            .ToList();
        return projects.Count > 0 && language.ProjectStarts(_folder, _part)
            ? Prepare(language, Make(language.Name, language, language.Project!, projects[0], stems))
            : null;
    }

    private Recipe MakeFromSource(Language language, string file)
    {
        var alone = Make(language.Name, language, language.Source, file, [Path.GetFileNameWithoutExtension(file)]);
        var helpers = language.EntryPoint is null
            ? []
            : _files.FindAll(other =>
                other != file && IsSourceOf(language, other) && !SourceText.IsOfTest(other) && !Begins(language, other)
            );
        return Prepare(language, WithSources(alone, file, helpers));
    }

    // Alone first: a file that is not needed, and perhaps does not compile, then does no harm.
    private static Recipe WithSources(Recipe recipe, string file, List<string> helpers)
    {
        List<string> all = [file, .. helpers];
        List<IReadOnlyList<IReadOnlyList<string>>> others = [.. recipe.OtherBuilds.Select(build => Expand(build, all))];
        return recipe with
        {
            Build = Expand(recipe.Build, [file]),
            OtherBuilds = helpers.Count > 0 ? [Expand(recipe.Build, all), .. others] : others,
        };

        static IReadOnlyList<IReadOnlyList<string>> Expand(
            IReadOnlyList<IReadOnlyList<string>> build,
            List<string> sources
        ) =>
            [.. build.Select(command => command.SelectMany(word => word == Steps.Sources ? sources : [word]).ToList())];
    }

    private Recipe Prepare(Language language, Recipe recipe) =>
        recipe with
        {
            Build = [.. language.Prepare(_folder), .. recipe.Build],
        };

    private bool Begins(Language language, string file) =>
        language.EntryPoint is not { } entryPoint || SourceText.Begins(entryPoint, Path.Combine(_folder, file));

    private string DescribeContent()
    {
        var folders = Directory
            .GetDirectories(_folder)
            .Select(path => $"{Path.GetFileName(path)}/")
            .Order(StringComparer.Ordinal);
        var names = _files.Concat(folders).Take(8).ToList();
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

    private Recipe Make(string source, Language? language, Steps steps, string file, IReadOnlyList<string> names)
    {
        var name = Path.GetFileNameWithoutExtension(file);
        string Fill(string text) =>
            text.Replace("{file}", file, StringComparison.Ordinal)
                .Replace("{name}", name, StringComparison.Ordinal)
                .Replace("{stem}", names.Count > 0 ? names[0] : name, StringComparison.Ordinal);
        IReadOnlyList<IReadOnlyList<string>> FillAll(string[][] commands) =>
            [.. commands.Select(command => command.Select(Fill).ToList())];
        return new Recipe
        {
            Source = $"{source} ({file})",
            Language = language?.Name,
            Build = FillAll(steps.Build),
            OtherBuilds = [.. steps.OtherBuilds.Select(FillAll)],
            BuildByName = FillAll(steps.BuildByName),
            Server = _part == Part.Server ? [.. steps.Server.Select(Fill), "{port}"] : null,
            Client = _part == Part.Client ? [.. steps.Server.Select(Fill)] : null,
            ArgumentsAreOptional = true,
            Extras = steps.Extras.ToDictionary(extra => extra.Key, extra => Fill(extra.Value)),
            FindArtifact = steps.FindArtifact is { } find ? folder => find(folder, names, _part) : null,
        };
    }
}
