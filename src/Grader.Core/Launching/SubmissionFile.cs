using System.Text.Json;
using System.Text.RegularExpressions;
using Grader.Checks;

namespace Grader.Launching;

/// <summary>Reads submission.json, in which a student says how to build and start the program.</summary>
public static partial class SubmissionFile
{
    public const string Name = "submission.json";

    // Whoever writes the command by hand needs a hundredth of it, and what is wrong in it is shown in a report.
    private const int MostLetters = 64 << 10;
    private const int MostShown = 200;

    private static readonly string[] Placeholders = [Recipe.Port, Recipe.Host, .. Recipe.Inputs];

    private static readonly string[] Keys = ["build", "server", "client", "stdin"];

    /// <exception cref="CheckFailedException">The file is not as it must be; the student can mend it.</exception>
    public static Recipe Read(string path)
    {
        using var reader = new StreamReader(path);
        var text = new char[MostLetters + 1];
        var count = reader.ReadBlock(text);
        return count > MostLetters
            ? throw Wrong($"it has more than {MostLetters >> 10} KiB", "Keep the commands in it, and nothing else")
            : Parse(new string(text, 0, count));
    }

    /// <exception cref="CheckFailedException">The file is not as it must be; the student can mend it.</exception>
    public static Recipe Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(
                text,
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip }
            );
            return Parse(document.RootElement);
        }
        catch (JsonException e)
        {
            throw Wrong($"line {e.LineNumber + 1} is no JSON", "Check its commas, quotes and brackets");
        }
        catch (InvalidOperationException)
        {
            // An escape such as \ud800 is half a character, and JSON allows it.
            throw Wrong("it holds half a character", "Write the character itself instead of its \\u escape");
        }
    }

    private static Recipe Parse(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"it holds {Describe(root)}", "It must be an object: { \"server\": [...] }");
        }

        foreach (var property in root.EnumerateObject().Where(property => !Keys.Contains(property.Name)))
        {
            throw Wrong($"unknown key \"{property.Name}\"", Suggestion.Remedy(property.Name, Keys));
        }

        if (!root.TryGetProperty("server", out _) && !root.TryGetProperty("client", out _))
        {
            throw Wrong("neither \"server\" nor \"client\" is there", "Add the command that starts your server");
        }

        return new Recipe
        {
            Source = Name,
            Build = root.TryGetProperty("build", out var build) ? Commands(build) : [],
            Server = root.TryGetProperty("server", out var server) ? Strings(server, "server", 1) : null,
            Client = root.TryGetProperty("client", out var client) ? Strings(client, "client", 1) : null,
            Stdin = root.TryGetProperty("stdin", out var stdin) ? Strings(stdin, "stdin", 0) : [],
        };
    }

    private static List<IReadOnlyList<string>> Commands(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw Wrong($"\"build\" is {Describe(element)}", "It must be a list of commands: [[\"make\"]]");
        }

        return [.. element.EnumerateArray().Select((command, index) => Strings(command, $"build[{index}]", 1))];
    }

    private static IReadOnlyList<string> Strings(JsonElement element, string key, int atLeast)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(
                $"\"{key}\" is {Describe(element)}",
                key.StartsWith("build", StringComparison.Ordinal)
                    ? "A build is a list of commands, and each command a list of texts: [[\"make\", \"all\"]]"
                    : "It must be a list of texts: [\"./my_server\", \"{port}\"]"
            );
        }

        foreach (var item in element.EnumerateArray().Where(item => item.ValueKind != JsonValueKind.String))
        {
            throw Wrong($"\"{key}\" holds {Describe(item)}", "Put each argument in quotes");
        }

        foreach (
            var placeholder in element.EnumerateArray().SelectMany(item => Placeholder().Matches(item.GetString()!))
        )
        {
            if (!Placeholders.Contains(placeholder.Value))
            {
                throw Wrong($"\"{key}\" holds {placeholder.Value}", Suggestion.Remedy(placeholder.Value, Placeholders));
            }
        }

        return element.GetArrayLength() < atLeast || (atLeast > 0 && element[0].GetString()!.Length == 0)
            ? throw Wrong($"\"{key}\" is empty", "Name the program to run")
            : [.. element.EnumerateArray().Select(item => item.GetString()!)];
    }

    private static string Describe(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => $"the text {element.GetRawText()}",
            _ => element.GetRawText(),
        };

    // A word in braces; what has blanks or quotes in it is code for a shell.
    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Placeholder();

    private static CheckFailedException Wrong(string what, string remedy) =>
        new(
            new Failure($"a {Name} that can be read", $"{Name}: {Text.Shorten(what, MostShown)}")
            {
                Hint = Text.Sentence(remedy),
            }
        );
}
