namespace Grader.Launching;

/// <summary>The folders that builds may read packages from: absolute paths, never written to.</summary>
public sealed record Packages
{
    /// <summary>Laid out as NuGet's global packages folder is.</summary>
    public string? NuGet { get; init; }

    /// <summary>A cache of npm.</summary>
    public string? Npm { get; init; }

    /// <summary>A local repository of Maven.</summary>
    public string? Maven { get; init; }

    internal IEnumerable<string> Folders => new[] { NuGet, Npm, Maven }.OfType<string>().Where(Directory.Exists);
}
