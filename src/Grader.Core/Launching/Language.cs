using System.Text.RegularExpressions;

namespace Grader.Launching;

/// <summary>How one language is built and started; <c>{file}</c> is the source or project file, <c>{name}</c> its stem.</summary>
internal sealed record Language(string Name, string[] Extensions, Steps Source)
{
    /// <summary>A project file, such as a Makefile, which goes before single sources.</summary>
    public string? ProjectFile { get; init; }

    public Steps? Project { get; init; }

    /// <summary>Whether the project file in a folder says how to build and start its program.</summary>
    public Func<string, bool> ProjectStarts { get; init; } = _ => true;

    /// <summary>What stands where a program begins; null where every file is a program.</summary>
    public Regex? EntryPoint { get; init; }

    /// <summary>The commands that a folder needs before its build.</summary>
    public Func<string, IReadOnlyList<string[]>> Prepare { get; init; } = _ => [];

    /// <summary>Whether a file of any other language is rather meant.</summary>
    public bool GivesWay { get; init; }
}

/// <summary>The commands of a recipe, with the language's placeholders.</summary>
internal sealed record Steps(string[][] Build, string[] Server)
{
    /// <summary>A word of a build that stands for the source file, and in a second try for its helpers as well.</summary>
    public const string Sources = "{sources}";

    /// <summary>Finds what was built: folder and names, the likeliest first, to a path in the folder.</summary>
    public Func<string, IReadOnlyList<string>, string?>? FindArtifact { get; init; }

    public Dictionary<string, string> Extras { get; init; } = [];
}
