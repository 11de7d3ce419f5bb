using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Grader.Launching;

/// <summary>The built-in recipes, a row a language.</summary>
public static class Languages
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

    private static readonly Steps Make = new(
        [
            // All anew: what was handed in beside the sources may be of another machine.
            ["make", "-B"],
        ],
        [Recipe.Artifact]
    )
    {
        FindArtifact = FindExecutable,
        // The first rule may make the other program alone.
        BuildByName =
        [
            ["make", "{stem}"],
        ],
    };

    // Where makefiles put what they make.
    private static readonly string[] Outputs = [".", "bin", "build"];

    // Only what the course has at hand: a package that is not there must not be waited for.
    private static readonly string[] NpmInstall =
    [
        "npm",
        "install",
        "--offline",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--omit=dev",
    ];

    public static readonly IReadOnlyList<Language> All =
    [
        new("Python", "python3", [".py"], new Steps([], ["python3", "-u", "{file}"])),
        new(
            "C#",
            "dotnet",
            [".cs"],
            new Steps([DotnetBuild(".single.csproj")], ["dotnet", Recipe.Artifact])
            {
                FindArtifact = FindAssembly,
                Extras = { [".single.csproj"] = SingleFileProject },
            }
        )
        {
            ProjectFile = "*.csproj",
            Project = new Steps([DotnetBuild("{file}")], ["dotnet", Recipe.Artifact])
            {
                FindArtifact = FindAssembly,
                // One for an older .NET wants that one's reference assemblies, which are not at hand.
                OtherBuilds =
                [
                    [
                        [.. DotnetBuild("{file}"), "-p:TargetFramework=net10.0"],
                    ],
                ],
            },
        },
        new(
            "C",
            "gcc",
            [".c"],
            new Steps(
                [
                    ["gcc", "-O2", "-o", "{name}", Steps.Sources, "-pthread", "-lm"],
                ],
                ["./{name}"]
            )
        )
        {
            EntryPoint = SourceText.MainFunction,
            ProjectFile = "Makefile",
            Project = Make,
        },
        new(
            "C++",
            "g++",
            [".cpp", ".cc", ".cxx"],
            new Steps(
                [
                    ["g++", "-O2", "-o", "{name}", Steps.Sources, "-pthread"],
                ],
                ["./{name}"]
            )
            {
                // C++20, by the name that older compilers know as well; compilers take C++17 where nothing is said.
                OtherBuilds =
                [
                    [
                        ["g++", "-std=gnu++2a", "-O2", "-o", "{name}", Steps.Sources, "-pthread"],
                    ],
                ],
            }
        )
        {
            EntryPoint = SourceText.MainFunction,
            ProjectFile = "Makefile",
            Project = Make,
        },
        new(
            "Java",
            "javac",
            [".java"],
            new Steps(
                [
                    ["javac", "-d", ".built", Steps.Sources],
                ],
                ["java", "-cp", ".built", Recipe.Artifact]
            )
            {
                FindArtifact = FindMainClass,
            }
        )
        {
            EntryPoint = SourceText.MainMethod,
        },
        new("Node", "node", [".js", ".mjs"], new Steps([], ["node", "{file}"]))
        {
            ProjectFile = "package.json",
            // Without a start script it only lists packages; what it starts is the server.
            ProjectStarts = (folder, part) =>
                part == Part.Server && ReadStartScript(Path.Combine(folder, "package.json")) is not null,
            Project = new Steps([], ["sh", "-c", $"{Recipe.Artifact} \"$@\"", "start"])
            {
                FindArtifact = (folder, _, _) => ReadStartScript(Path.Combine(folder, "package.json")),
            },
            Prepare = folder => DependsOnPackages(Path.Combine(folder, "package.json")) ? [NpmInstall] : [],
        },
        new(
            "Go",
            "go",
            [".go"],
            new Steps(
                [
                    ["go", "build", "-o", ".built/{name}", Steps.Sources],
                ],
                ["./.built/{name}"]
            )
        )
        {
            VersionArguments = ["version"],
            EntryPoint = SourceText.MainFunctionOfGo,
            ProjectFile = "go.mod",
            // A program in the folder itself is built from its files: beside a client, ./... has two main functions.
            ProjectStarts = (folder, part) =>
                !Directory.EnumerateFiles(folder, "*.go").Any(path => SourceText.IsProgramOfGo(part, path)),
            Project = new Steps(
                [
                    ["go", "build", "-o", ".built/", "./..."],
                ],
                [Recipe.Artifact]
            )
            {
                FindArtifact = (folder, names, part) => FindExecutable(folder, ".built", names, part),
            },
        },
        new(
            "Rust",
            "rustc",
            [".rs"],
            new Steps(
                [
                    ["rustc", "-O", "--edition=2021", "--out-dir", ".built", "{file}"],
                ],
                [Recipe.Artifact]
            )
            {
                FindArtifact = (folder, names, part) => FindExecutable(folder, ".built", names, part),
            }
        )
        {
            ProjectFile = "Cargo.toml",
            // A folder of its own, so that no program that was handed in is taken for the one that was built.
            Project = new Steps(
                [
                    ["cargo", "build", "--release", "--offline", "--quiet", "--target-dir", ".built"],
                ],
                [Recipe.Artifact]
            )
            {
                FindArtifact = (folder, names, part) => FindExecutable(folder, ".built/release", names, part),
            },
        },
        new("Perl", "perl", [".pl"], new Steps([], ["perl", "{file}"])),
        new("Ruby", "ruby", [".rb"], new Steps([], ["ruby", "{file}"])),
        new("PHP", "php", [".php"], new Steps([], ["php", "{file}"])),
        new("Tcl", "tclsh", [".tcl"], new Steps([], ["tclsh", "{file}"]))
        {
            VersionArguments = [],
            VersionInput = "puts [info patchlevel]\n",
        },
        // Many scripts only build or start what stands beside them in another language.
        new("Shell", "bash", [".sh"], new Steps([], ["bash", "{file}"])) { GivesWay = true, Helper = "socat" },
    ];

    private static string? ReadStartScript(string path) =>
        (ReadObject(path)?["scripts"] as JsonObject)?["start"] is JsonValue value
        && value.TryGetValue(out string? start)
            ? start
            : null;

    private static bool DependsOnPackages(string path) =>
        ReadObject(path)?["dependencies"] is JsonObject { Count: > 0 };

    private static JsonObject? ReadObject(string path)
    {
        if (!IsReadable(path))
        {
            return null;
        }

        try
        {
            return JsonNode.Parse(
                    File.ReadAllText(path),
                    null,
                    new JsonDocumentOptions { AllowDuplicateProperties = false }
                ) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What a build left there may be a pipe, which would be waited for, or a device without an end: those have no length.
    private static bool IsReadable(string path)
    {
        const long Most = 16 << 20;
        try
        {
            var file = new FileInfo(path);
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return file is { Exists: true, Length: > 0 and < Most };
        }
        catch (IOException)
        {
            // A link in a circle.
            return false;
        }
    }

    /// <returns>The language of the file that a command names, or null.</returns>
    internal static Language? OfCommand(IReadOnlyList<string> words) =>
        All.FirstOrDefault(language => words.Any(word => language.Extensions.Contains(Path.GetExtension(word))));

    internal static bool IsExecutable(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
        {
            return false;
        }

        try
        {
            return (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute)) != 0;
        }
        catch (IOException)
        {
            // A link that leads nowhere, or in a circle, exists; what it leads to does not.
            return false;
        }
    }

    private static string? FindAssembly(string folder, IReadOnlyList<string> names, Part part) =>
        Directory
            .GetFiles(Path.Combine(folder, ".built"), "*.runtimeconfig.json")
            .Select(path =>
                Path.GetRelativePath(folder, path).Replace(".runtimeconfig.json", ".dll", StringComparison.Ordinal)
            )
            .Order(StringComparer.Ordinal)
            .FirstOrDefault();

    // A class in a package lies in the package's folder, and its full name is that path.
    private static string? FindMainClass(string folder, IReadOnlyList<string> names, Part part)
    {
        var classes = Path.Combine(folder, ".built");
        var paths = Directory
            .GetFiles(classes, "*.class", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .ToList();
        // A class that is not public may have another name than its file.
        var path =
            paths.Find(path => names.Contains(Path.GetFileNameWithoutExtension(path))) ?? paths.Find(HasMainMethod);
        return path is null ? null : Path.ChangeExtension(Path.GetRelativePath(classes, path), null).Replace('/', '.');
    }

    // The constants of a class file, of which names and types of its methods are some, stand in it as they are.
    private static bool HasMainMethod(string path)
    {
        if (!IsReadable(path))
        {
            return false;
        }

        var constants = Encoding.Latin1.GetString(File.ReadAllBytes(path));
        return constants.Contains("\u0001\0\u0004main", StringComparison.Ordinal)
            && constants.Contains("([Ljava/lang/String;)V", StringComparison.Ordinal);
    }

    private static string? FindExecutable(string folder, IReadOnlyList<string> names, Part part) =>
        Outputs.Select(within => FindCalled(folder, within, names)).FirstOrDefault(path => path is not null)
        ?? FindAny(folder, Outputs[0], part);

    private static string? FindExecutable(string folder, string within, IReadOnlyList<string> names, Part part) =>
        FindCalled(folder, within, names) ?? FindAny(folder, within, part);

    private static string? FindCalled(string folder, string within, IReadOnlyList<string> names)
    {
        var executables = ListExecutables(folder, within);
        return names
            .Select(name => executables.Find(path => HasName(path, name)))
            .FirstOrDefault(path => path is not null);

        static bool HasName(string path, string name) =>
            string.Equals(Path.GetFileName(path), name, StringComparison.OrdinalIgnoreCase);
    }

    private static string? FindAny(string folder, string within, Part part) =>
        ListExecutables(folder, within).Find(path => !SourceText.IsOfOther(part, Path.GetFileName(path)));

    private static List<string> ListExecutables(string folder, string within)
    {
        var built = Path.Combine(folder, within);
        return Directory.Exists(built)
            ?
            [
                .. Directory
                    .GetFiles(built)
                    .Where(IsExecutable)
                    .Select(path => Path.GetFileName(path))
                    .Where(file => !Path.HasExtension(file) || file.EndsWith(".out", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal)
                    .Select(file => Path.Join(within == "." ? "./" : $"./{within}/", file)),
            ]
            : [];
    }
}
