using System.Text.Json;
using Grader.Checks;

namespace Grader.Assignments;

/// <summary>An example of each check, from the examples.json beside an assignment's handout.</summary>
public static class Examples
{
    /// <summary>The folder of an assignment's suite: EchoClient.</summary>
    public static string FolderOf(Assignment assignment) =>
        string.Concat(assignment.Id.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The examples of an assignment by the id of the check, as tests have seen them.</summary>
    public static IReadOnlyDictionary<string, Example> Of(Assignment assignment)
    {
        var assembly = typeof(Examples).Assembly;
        var name = assembly
            .GetManifestResourceNames()
            .Single(name =>
                string.Equals(name, $"{FolderOf(assignment)}/examples.json", StringComparison.OrdinalIgnoreCase)
            );
        using var file = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, Example>>(file, JsonSerializerOptions.Web)!;
    }
}
