using System.Text.RegularExpressions;

namespace Grader.Launching;

/// <summary>What a source file says of its part in a program: by its name, and by what begins in it.</summary>
internal static partial class SourceText
{
    // A longer source has been made by a program, and a main function is not looked for in data.
    private const int Most = 1 << 20;

    // Without going back, so that the time stays in proportion to the file whatever a student writes.
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    /// <summary>C and C++: a definition, of old or new style; neither a declaration nor a call.</summary>
    public static readonly Regex MainFunction = new(
        @"\bmain\s*\((?:[^;{]*|[\w\s,]*\)\s*(?:\w[\w\s*,\[\]]*;\s*)+)\{",
        Linear
    );

    /// <summary>Java: static or, since Java 25, of an object.</summary>
    public static readonly Regex MainMethod = new(@"\bvoid\s+main\s*\(", Linear);

    public static readonly Regex MainFunctionOfGo = new(@"\bfunc\s+main\s*\(", Linear);

    private static readonly Regex NoCode = new(
        """
        //[^\n]*|/\*[\s\S]*?(?:\*/|\z)|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`[^`]*`
        """,
        Linear
    );

    public static bool Begins(Regex entryPoint, string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var text = new char[Most];
            var length = reader.ReadBlock(text);
            return entryPoint.IsMatch(NoCode.Replace(new string(text, 0, length), " "));
        }
        catch (IOException)
        {
            // A link may lead nowhere, or in a circle.
            return false;
        }
    }

    public static bool IsProgramOfGo(string path) =>
        !SaysClient(Path.GetFileName(path)) && Begins(MainFunctionOfGo, path);

    /// <summary>Whether a program may be the client's.</summary>
    public static bool SaysClient(string file) => file.Contains("client", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file belongs to a test; a client without an entry point is what a server knows of its clients.</summary>
    public static bool IsOfTest(string file) => Test().IsMatch(Path.GetFileNameWithoutExtension(file));

    [GeneratedRegex("(?i:^tests?$|^tests?[_-]|[_-]tests?$)|[a-z0-9]Tests?$|^Tests?[A-Z]")]
    private static partial Regex Test();
}
