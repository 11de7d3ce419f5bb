using System.Runtime.CompilerServices;

namespace Grader.Tests.Support;

/// <summary>Where things lie in the clone that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string PythonReference { get; } = Path.Combine(Root, "reference", "echo", "python");

    /// <summary>The folder of a small program under tests/Fixtures.</summary>
    public static string Fixture(string name) => Path.Combine(Root, "tests", "Fixtures", name);

    private static string FindRoot([CallerFilePath] string sourceFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(sourceFile)!, "..", "..", ".."));
}
