using Grader.Checks;

namespace Grader.Launching;

/// <summary>How to build and start a submission.</summary>
public sealed record Recipe
{
    /// <summary>Stands for the file that the build made, found after it; see <see cref="FindArtifact"/>.</summary>
    public const string Artifact = "{artifact}";

    /// <summary>Where it comes from: a file, or a language.</summary>
    public required string Source { get; init; }

    /// <summary>The name of the language that the program is written in; null when it cannot be told.</summary>
    public string? Language { get; init; }

    public IReadOnlyList<IReadOnlyList<string>> Build { get; init; } = [];

    /// <summary>Tried when <see cref="Build"/> fails; nothing where there is no other way.</summary>
    public IReadOnlyList<IReadOnlyList<string>> SecondBuild { get; init; } = [];

    public IReadOnlyList<string>? Server { get; init; }

    public IReadOnlyList<string>? Client { get; init; }

    /// <summary>Lines for the server's standard input.</summary>
    public IReadOnlyList<string> Stdin { get; init; } = [];

    /// <summary>Whether a server that ends before it listens is started once more without arguments.</summary>
    public bool ArgumentsAreOptional { get; init; }

    /// <summary>Files that the build needs beside the student's own, by name.</summary>
    public IReadOnlyDictionary<string, string> Extras { get; init; } = new Dictionary<string, string>();

    /// <summary>Finds what the build made, in the folder that it was built in; null when it made nothing of the kind.</summary>
    public Func<string, string?>? FindArtifact { get; init; }

    /// <exception cref="CheckFailedException">It starts no server.</exception>
    public void RequireServer()
    {
        if (Server is null)
        {
            throw new CheckFailedException(
                new Failure("a server", $"{Source} names none")
                {
                    Hint = "Add the command that starts your server under \"server\".",
                }
            );
        }
    }
}

/// <summary>A recipe that a course adds for the folders in which a file matches.</summary>
public sealed record CourseRecipe(string Match, Recipe Recipe);
