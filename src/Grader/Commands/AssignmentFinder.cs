using Grader.Assignments;

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
        var known = string.Join(" or ", Catalogue.All.Select(assignment => $"grader {command} {assignment.Id}"));
        return fitting switch
        {
            [var only] => only,
            [] => throw new UsageException($"{folder}: no file name tells which assignment it is", $"name it: {known}"),
            _ => throw new UsageException(
                $"{folder}: the file names fit {string.Join(" and ", fitting.Select(assignment => assignment.Id))}",
                $"name the one to check: {known}"
            ),
        };
    }

    public static List<Assignment> Fitting(string folder)
    {
        var names = Directory.GetFiles(folder).Select(path => Path.GetFileNameWithoutExtension(path)).ToList();
        return [.. Catalogue.All.Where(assignment => names.Exists(name => Fits(name, assignment)))];
    }

    // A name that several assignments know, such as main, tells nothing.
    private static bool Fits(string name, Assignment assignment) =>
        name.Contains(assignment.Id, StringComparison.OrdinalIgnoreCase)
        || assignment.Stems.Any(stem =>
            string.Equals(stem, name, StringComparison.OrdinalIgnoreCase)
            && Catalogue.All.Count(other => other.Stems.Contains(stem)) == 1
        );
}
