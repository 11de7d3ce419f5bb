using Grader.Assignments;
using Grader.Launching;

namespace Grader.Commands;

/// <summary>Finds out which assignment is meant: by its name, or by the names of the files in a folder.</summary>
internal static class AssignmentFinder
{
    public static bool IsName(string word) => Catalogue.All.Any(assignment => assignment.Id == word);

    /// <exception cref="UsageException">There is none of that name.</exception>
    public static Assignment ByName(string id) =>
        Catalogue.All.FirstOrDefault(assignment => assignment.Id == id)
        ?? throw new UsageException(
            $"assignment \"{id}\" is unknown",
            Suggestion.Remedy(id, Catalogue.All.Select(assignment => assignment.Id))
        );

    /// <param name="folder">Where the files are.</param>
    /// <param name="command">What was to be done with them.</param>
    /// <exception cref="UsageException">The names fit none, or several.</exception>
    public static Assignment ByFiles(string folder, string command)
    {
        var fitting = Fitting(folder);
        var homeworks = fitting.DistinctBy(assignment => assignment.Homework).ToList();
        var known = string.Join(
            " or ",
            Catalogue
                .All.Where(assignment => assignment.Parts.SequenceEqual([Part.Server]))
                .Select(assignment => $"grader {command} {assignment.Id}")
        );
        return homeworks switch
        {
            // Where a server and its client are handed in together, the server is checked.
            [var only] => only,
            [] => throw new UsageException($"{folder}: no file name tells which assignment it is", $"name it: {known}"),
            _ => throw new UsageException(
                $"{folder}: the file names fit {string.Join(" and ", homeworks.Select(assignment => assignment.Id))}",
                $"name the one to check: {known}"
            ),
        };
    }

    public static List<Assignment> Fitting(string folder)
    {
        var names = Directory.GetFiles(folder).Select(path => Path.GetFileNameWithoutExtension(path)).ToList();
        return [.. Catalogue.All.Where(assignment => names.Exists(name => Fits(name, assignment)))];
    }

    private static bool Fits(string name, Assignment assignment) =>
        assignment.Parts.ToList() is [var part]
        && (
            IsOf(name, assignment, part)
            || assignment
                .StemsOf(part)
                .Any(stem => string.Equals(stem, name, StringComparison.OrdinalIgnoreCase) && IsOfOne(stem, part))
        );

    private static bool IsOf(string name, Assignment assignment, Part part) =>
        name.Contains(assignment.Homework, StringComparison.OrdinalIgnoreCase)
        && name.Contains("client", StringComparison.OrdinalIgnoreCase) == (part == Part.Client);

    // A name that several homeworks know, such as main, tells nothing.
    private static bool IsOfOne(string stem, Part part) =>
        Catalogue.All.Where(other => other.StemsOf(part).Contains(stem)).DistinctBy(other => other.Homework).Count()
        == 1;
}
