using System.Runtime.CompilerServices;

namespace Grader.Assignments.Tests;

/// <summary>Where the sources of these tests lie.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(FolderOfThisFile(), "..", ".."));

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
