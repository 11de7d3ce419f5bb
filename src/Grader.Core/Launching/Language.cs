using System.Text.RegularExpressions;

namespace Grader.Launching;

/// <summary>How one language is built and started; <c>{file}</c> is the source or project file, <c>{name}</c> its stem.</summary>
/// <param name="Name">As people write it.</param>
/// <param name="Program">The interpreter or compiler.</param>
/// <param name="Extensions">Of its source files.</param>
/// <param name="Source">How a lone source file is built and started.</param>
public sealed record Language(string Name, string Program, string[] Extensions, Steps Source)
{
    /// <summary>A project file, such as a Makefile, which goes before single sources.</summary>
    public string? ProjectFile { get; init; }

    public Steps? Project { get; init; }

    /// <summary>Whether the project file in a folder says how to build and start a program.</summary>
    public Func<string, Part, bool> ProjectStarts { get; init; } = (_, _) => true;

    /// <summary>What stands where a program begins; null where every file is a program.</summary>
    public Regex? EntryPoint { get; init; }

    /// <summary>The commands that a folder needs before its build.</summary>
    public Func<string, IReadOnlyList<string[]>> Prepare { get; init; } = _ => [];

    /// <summary>Whether a file of any other language is rather meant.</summary>
    public bool GivesWay { get; init; }

    /// <summary>Makes <see cref="Program"/> print its version.</summary>
    public string[] VersionArguments { get; init; } = ["--version"];

    /// <summary>Likewise, for one that reads what it is to do.</summary>
    public string VersionInput { get; init; } = "";

    /// <summary>The program that a model answer calls, for a language that cannot serve by itself.</summary>
    public string? Helper { get; init; }

    /// <summary>A program without which no model answer can be tried on this machine, or null.</summary>
    public string? FindMissing() =>
        new[] { Program, Helper }.OfType<string>().FirstOrDefault(program => !Programs.IsOnPath(program));
}

/// <summary>The commands of a recipe, with the language's placeholders.</summary>
public sealed record Steps(string[][] Build, string[] Server)
{
    /// <summary>A word of a build that stands for the source file, and in a second try for its helpers as well.</summary>
    public const string Sources = "{sources}";

    /// <summary>Finds what was built: folder and names, the likeliest first, to a path in the folder.</summary>
    public Func<string, IReadOnlyList<string>, Part, string?>? FindArtifact { get; init; }

    /// <summary>As <see cref="Recipe.OtherBuilds"/>.</summary>
    public string[][][] OtherBuilds { get; init; } = [];

    /// <summary>As <see cref="Recipe.BuildByName"/>, with <c>{stem}</c> for the likeliest name.</summary>
    public string[][] BuildByName { get; init; } = [];

    public Dictionary<string, string> Extras { get; init; } = [];
}
