namespace Grader.Launching;

/// <summary>How one language is built and started; <c>{file}</c> is the source or project file, <c>{name}</c> its stem.</summary>
internal sealed record Language(string Name, string[] Extensions, Steps Source)
{
    /// <summary>A project file, such as a Makefile, which goes before single sources.</summary>
    public string? ProjectFile { get; init; }

    public Steps? Project { get; init; }
}

/// <summary>The commands of a recipe, with the language's placeholders.</summary>
internal sealed record Steps(string[][] Build, string[] Server)
{
    /// <summary>Finds what was built: folder and stem to a path in the folder.</summary>
    public Func<string, string, string?>? FindArtifact { get; init; }

    public Dictionary<string, string> Extras { get; init; } = [];
}
