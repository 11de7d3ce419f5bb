using System.Globalization;
using Grader.Checks;

namespace Grader.Launching;

/// <summary>How to build and start a submission.</summary>
public sealed record Recipe
{
    /// <summary>Stands for the file that the build made, found after it; see <see cref="FindArtifact"/>.</summary>
    public const string Artifact = "{artifact}";

    /// <summary>What stands for what a client is to ask for.</summary>
    public static readonly IReadOnlyList<string> Inputs = ["{message}", "{a}", "{b}"];

    /// <summary>Stands for the port on which a server listens.</summary>
    public const string Port = "{port}";

    /// <summary>Stands for its address or name.</summary>
    public const string Host = "{host}";

    /// <summary>Where it comes from: a file, or a language.</summary>
    public required string Source { get; init; }

    /// <summary>The name of the language that the program is written in; null when it cannot be told.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<IReadOnlyList<string>> Build { get; init; } = [];

    /// <summary>Other ways to build, tried in turn when <see cref="Build"/> fails; the last one's failure is told.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> OtherBuilds { get; init; } = [];

    /// <summary>Run where the build went well and made no such program.</summary>
    public IReadOnlyList<IReadOnlyList<string>> BuildByName { get; init; } = [];

    public IReadOnlyList<string>? Server { get; init; }

    public IReadOnlyList<string>? Client { get; init; }

    /// <summary>Lines for a program's standard input; see <see cref="StdinOf"/>.</summary>
    public IReadOnlyList<string> Stdin { get; init; } = [];

    /// <summary>Whether nobody said how it is started, so that other arguments are tried where these lead nowhere.</summary>
    public bool ArgumentsAreOptional { get; init; }

    /// <summary>Files that the build needs beside the student's own, by name.</summary>
    public IReadOnlyDictionary<string, string> Extras { get; init; } = new Dictionary<string, string>();

    /// <summary>Finds what the build made, in the folder that it was built in; null when it made nothing of the kind.</summary>
    public Func<string, string?>? FindArtifact { get; init; }

    /// <summary>Whether something that a client is to ask for stands in a word of a command, or in a line.</summary>
    public static bool HasInput(string word) => Inputs.Any(input => word.Contains(input, StringComparison.Ordinal));

    /// <summary>Fills in where a server listens.</summary>
    public static string Fill(string word, string host, int port) =>
        word.Replace(Port, port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace(Host, host, StringComparison.Ordinal);

    /// <summary>The command that starts a program; null where it is not said.</summary>
    public IReadOnlyList<string>? CommandOf(Part part) => part == Part.Server ? Server : Client;

    /// <summary>The lines that are a program's: those that hold what a client is to ask for are the client's.</summary>
    public IReadOnlyList<string> StdinOf(Part part)
    {
        var isOfClient = Server is null || Stdin.Any(HasInput);
        return isOfClient == (part == Part.Client) ? Stdin : [];
    }

    /// <exception cref="CheckFailedException">It starts no such program.</exception>
    public void Require(Part part)
    {
        var name = part == Part.Server ? "server" : "client";
        if (CommandOf(part) is not { } words)
        {
            throw new CheckFailedException(
                new Failure($"a {name}", $"{Source} names none")
                {
                    Hint = $"Add the command that starts your {name} under \"{name}\".",
                }
            );
        }

        if (part == Part.Client && !ArgumentsAreOptional && !words.Concat(StdinOf(part)).Any(HasInput))
        {
            throw new CheckFailedException(
                new Failure("a client that is told what to ask for", $"{Source} gives it nothing")
                {
                    Hint = "Write {message}, or {a} and {b}, where the command or a line of \"stdin\" takes them.",
                }
            );
        }
    }
}

/// <summary>A recipe that a course adds for the folders in which a file matches.</summary>
public sealed record CourseRecipe(string Match, Recipe Recipe);
