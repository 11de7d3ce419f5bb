using System.Text.Json;
using System.Text.Json.Nodes;

namespace Grader.Launching;

/// <summary>The built-in recipes, a row a language.</summary>
internal static class Languages
{
    // A single .cs has no project, so it gets one; the default items would take the client's Main in as well.
    private const string SingleFileProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
          </PropertyGroup>
          <ItemGroup><Compile Include="{file}" /></ItemGroup>
        </Project>
        """;

    // No app host, no compiler server, no build node that stays: a build leaves nothing behind but its output.
    private static string[] DotnetBuild(string project) =>
        [
            "dotnet",
            // Not `dotnet build`, which always ends with a summary that repeats the errors and tells the time.
            "msbuild",
            project,
            "-restore",
            "-nologo",
            "-v:quiet",
            "-clp:NoSummary;ErrorsOnly",
            "-p:Configuration=Release",
            "-p:OutDir=.built/",
            "-p:UseAppHost=false",
            "-p:UseSharedCompilation=false",
            "-p:NuGetAudit=false",
        ];

    public static readonly IReadOnlyList<Language> All =
    [
        new("Python", [".py"], new Steps([], ["python3", "-u", "{file}"])),
        new(
            "C#",
            [".cs"],
            new Steps([DotnetBuild(".single.csproj")], ["dotnet", Recipe.Artifact])
            {
                FindArtifact = FindAssembly,
                Extras = { [".single.csproj"] = SingleFileProject },
            }
        )
        {
            ProjectFile = "*.csproj",
            Project = new Steps([DotnetBuild("{file}")], ["dotnet", Recipe.Artifact]) { FindArtifact = FindAssembly },
        },
        new(
            "C",
            [".c"],
            new Steps(
                [
                    ["gcc", "-O2", "-o", "{name}", "{file}", "-pthread", "-lm"],
                ],
                ["./{name}"]
            )
        )
        {
            ProjectFile = "Makefile",
            Project = new Steps(
                [
                    ["make"],
                ],
                [Recipe.Artifact]
            )
            {
                FindArtifact = FindExecutable,
            },
        },
        new(
            "C++",
            [".cpp", ".cc", ".cxx"],
            new Steps(
                [
                    ["g++", "-O2", "-o", "{name}", "{file}", "-pthread"],
                ],
                ["./{name}"]
            )
        )
        {
            ProjectFile = "Makefile",
            Project = new Steps(
                [
                    ["make"],
                ],
                [Recipe.Artifact]
            )
            {
                FindArtifact = FindExecutable,
            },
        },
        new(
            "Java",
            [".java"],
            new Steps(
                [
                    ["javac", "-d", ".built", "{file}"],
                ],
                ["java", "-cp", ".built", Recipe.Artifact]
            )
            {
                FindArtifact = FindMainClass,
            }
        ),
        new("Node", [".js", ".mjs"], new Steps([], ["node", "{file}"]))
        {
            ProjectFile = "package.json",
            Project = new Steps([], ["sh", "-c", $"{Recipe.Artifact} \"$@\"", "start"])
            {
                FindArtifact = (folder, _) => ReadStartScript(Path.Combine(folder, "package.json")),
            },
        },
    ];

    /// <summary>The <c>start</c> script of a package.json, if it has one.</summary>
    public static string? ReadStartScript(string path)
    {
        try
        {
            return (string?)JsonNode.Parse(File.ReadAllText(path))?["scripts"]?["start"];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    public static bool IsExecutable(string path) =>
        !OperatingSystem.IsWindows()
        && File.Exists(path)
        && (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute)) != 0;

    private static string? FindAssembly(string folder, string name) =>
        Directory
            .GetFiles(Path.Combine(folder, ".built"), "*.runtimeconfig.json")
            .Select(path =>
                Path.GetRelativePath(folder, path).Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();

    // A class in a package lies in the package's folder, and its full name is that path.
    private static string? FindMainClass(string folder, string name)
    {
        var classes = Path.Combine(folder, ".built");
        return Directory
            .GetFiles(classes, $"{name}.class", SearchOption.AllDirectories)
            .Select(path => Path.ChangeExtension(Path.GetRelativePath(classes, path), null).Replace('/', '.'))
            .FirstOrDefault();
    }

    private static string? FindExecutable(string folder, string name)
    {
        var executables = Directory
            .GetFiles(folder)
            .Where(IsExecutable)
            .Select(path => Path.GetFileName(path))
            .Where(file => !Path.HasExtension(file) || file.EndsWith(".out", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .ToList();
        return executables.Find(file => string.Equals(file, name, StringComparison.OrdinalIgnoreCase)) is { } exact
                ? $"./{exact}"
            : executables.Find(file => !file.Contains("client", StringComparison.OrdinalIgnoreCase)) is { } other
                ? $"./{other}"
            : null;
    }
}
