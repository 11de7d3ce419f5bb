using Grader.Launching;

namespace Grader.Sandboxing;

/// <summary>Finds the folders outside /usr that languages run from, so that a sandbox can show them and nothing beside them.</summary>
internal static class Toolchains
{
    // Besides the languages' own: what their builds call.
    private static readonly string[] Helpers = ["cc", "cargo", "g++", "java", "make", "mvn", "npm", "rustc"];

    private static readonly Lazy<string> Home = new(() =>
        Workspace.Resolve(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile))
    );

    private static readonly Lazy<string> Homes = new(() => Workspace.Resolve("/home"));

    private static readonly Lazy<IReadOnlyList<string>> SearchFolders = new(() =>
        [.. Programs.Folders.Select(Workspace.Resolve).Distinct()]
    );

    private static readonly string[] System = ["/usr", "/bin", "/sbin", "/lib", "/lib64"];

    private static readonly Lazy<IReadOnlyList<string>> Found = new(() => [.. Installed.SelectMany(Find).Distinct()]);

    /// <summary>The programs of languages that are installed.</summary>
    public static IEnumerable<string> Installed =>
        Languages
            .All.SelectMany(language => new[] { language.Program, language.Helper })
            .Concat(Helpers)
            .OfType<string>()
            .Distinct()
            .Where(Programs.IsOnPath);

    /// <summary>What is mounted for every command.</summary>
    public static IReadOnlyList<string> Folders => Found.Value;

    /// <summary>The search path of programs in the sandbox.</summary>
    public static string SearchPath(IReadOnlyList<string> shown) =>
        string.Join(
            Path.PathSeparator,
            SearchFolders.Value.Where(folder => IsSystem(folder) || shown.Any(root => IsWithin(folder, root)))
        );

    /// <summary>What must be mounted so that a program on the search path can run.</summary>
    public static IEnumerable<string> Find(string program)
    {
        if (
            program.Contains('/', StringComparison.Ordinal)
            || Programs.Folders.FirstOrDefault(folder => Languages.IsExecutable(Path.Combine(folder, program)))
                is not { } found
        )
        {
            return [];
        }

        var folder = Workspace.Resolve(found);
        return IsSystem(folder) || IsPrivate(folder) ? [] : Widen(folder);
    }

    // A program in <prefix>/bin has its libraries in <prefix>/lib; whatever else lies in ~/.local is the user's own.
    private static IEnumerable<string> Widen(string folder)
    {
        var prefix = Path.GetDirectoryName(folder)!;
        var libraries = Path.Combine(prefix, "lib");
        return Path.GetFileName(folder) is not ("bin" or "sbin") || !Directory.Exists(libraries) ? [folder]
            : IsPrivate(prefix) || Path.GetFileName(prefix) == ".local" ? [folder, libraries]
            : [prefix];
    }

    private static bool IsSystem(string folder) => System.Any(root => IsWithin(folder, root));

    // A home, or what homes lie in.
    private static bool IsPrivate(string folder) => IsWithin(Home.Value, folder) || folder == Homes.Value;

    public static bool IsWithin(string path, string root) =>
        path == root || path.StartsWith($"{root.TrimEnd('/')}/", StringComparison.Ordinal);
}
