using System.Globalization;
using System.Net;
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

    private static readonly string[] Listening = ["listen", "start_server", "socketserver", "createServer"];

    public static bool Begins(Regex entryPoint, string path) => entryPoint.IsMatch(NoCode.Replace(Read(path), " "));

    /// <summary>Whether a program waits for clients, in whatever language: listen, Listener, start_server, socketserver.</summary>
    public static bool Serves(string path)
    {
        var text = Read(path);
        return Listening.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The numbers in it that may be ports of programs, in their order (RFC 6335 6: those above 1023).</summary>
    public static IEnumerable<int> FindPorts(string path) =>
        Number()
            .Matches(Read(path))
            .Select(match =>
                int.Parse(match.Value.Replace("_", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)
            )
            .Where(number => number is > 1023 and <= IPEndPoint.MaxPort);

    [GeneratedRegex(@"\b[1-9][0-9_]{2,4}[0-9]\b")]
    private static partial Regex Number();

    /// <summary>Whether a word stands in it, anywhere.</summary>
    public static bool Contains(string path, string word) => Read(path).Contains(word, StringComparison.Ordinal);

    private static string Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var text = new char[Most];
            return new string(text, 0, reader.ReadBlock(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A link may lead nowhere, or in a circle.
            return "";
        }
    }

    public static bool IsProgramOfGo(Part part, string path) =>
        !IsOfOther(part, Path.GetFileName(path)) && Begins(MainFunctionOfGo, path);

    /// <summary>Whether a file's name says that it belongs to another program than this one.</summary>
    public static bool IsOfOther(Part part, string file) =>
        file.Contains(part == Part.Server ? "client" : "server", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file belongs to a test; a client without an entry point is what a server knows of its clients.</summary>
    public static bool IsOfTest(string file) => Test().IsMatch(Path.GetFileNameWithoutExtension(file));

    [GeneratedRegex("(?i:^tests?$|^tests?[_-]|[_-]tests?$)|[a-z0-9]Tests?$|^Tests?[A-Z]")]
    private static partial Regex Test();
}
