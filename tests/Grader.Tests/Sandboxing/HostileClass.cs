using System.Diagnostics;
using System.Globalization;
using Grader.Launching;
using Grader.Tests.Support;

namespace Grader.Tests.Sandboxing;

/// <summary>A class of strangers' programs at their worst, between two neighbours, and the batch that grades it in a guard.</summary>
internal sealed class HostileClass : IDisposable
{
    private const int OrdinaryUser = 65533;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);
    private static readonly string Zoo = Path.Combine(Repository.Root, "tests", "Zoo", "hostile");

    private readonly TemporaryFolder _folder = new();
    private readonly bool _asRoot;
    private readonly string _grader;

    public HostileClass(bool asRoot)
    {
        _asRoot = asRoot;
        // An ordinary user may not read the clone.
        _grader = _folder["grader"];
        Shell($"cp -r '{AppContext.BaseDirectory}' '{_grader}' && cp -r '{Zoo}' '{_folder["guard"]}'");
        AddNeighbours();
    }

    public string this[string name] => _folder[name];

    public ProgramRun Run { get; private set; } = new(0, "", "");

    /// <summary>What the neighbours' reports are without the others.</summary>
    public IReadOnlyDictionary<string, string> Before { get; private set; } = new Dictionary<string, string>();

    public static IEnumerable<string> Attacks =>
        Directory
            .GetFiles(Zoo, "*.py")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Except(["start", "canary"])
            .Order(StringComparer.Ordinal);

    public static IEnumerable<string> Servers =>
        Directory.GetFiles(Path.Combine(Zoo, "servers")).Select(path => Path.GetFileNameWithoutExtension(path)).Order();

    /// <summary>Students of the roster who handed in nothing.</summary>
    public static IReadOnlyList<string> Missing => ["=1+1", "-2+3", "aux", "<img src=x>", new('a', 255)];

    public async Task GradeAsync()
    {
        await RunAsync();
        Before = ReadNeighbours();
        Assert.That(Before, Has.Count.EqualTo(2), Run.Stdout + Run.Stderr);
        Shell($"rm -rf '{this["reports"]}' '{this["canary.txt"]}' '{this["canary.sock"]}' '{this["after.txt"]}'");
        AddAttacks();
        AddFolders();
        AddBuilds();
        AddRecipes();
        await RunAsync();
    }

    public Dictionary<string, string> ReadNeighbours() =>
        Directory
            .GetDirectories(Directory.CreateDirectory(this["reports"]).FullName, "neighbour-*")
            .ToDictionary(
                path => Path.GetFileName(path),
                path => File.ReadAllText(Path.Combine(path, "echo", "report.json"))
            );

    /// <summary>The report of one of them as its student reads it.</summary>
    public string ReadReport(string student) => File.ReadAllText(this[$"reports/{student}/echo/report.txt"]);

    public string ReadLog(string student) => File.ReadAllText(this[$"reports/{student}/echo/server.log"]);

    public void Dispose()
    {
        Shell(
            $"rm -rf '{_folder.Path}'/*; find /sys/fs/cgroup -depth -path '*grader-hostile-*' -type d -exec rmdir {{}} +"
        );
        _folder.Dispose();
    }

    private async Task RunAsync()
    {
        string[] rights = _asRoot
            ? ["unshare"]
            : ["setpriv", $"--reuid={OrdinaryUser}", $"--regid={OrdinaryUser}", "--clear-groups", "unshare", "-Ur"];
        if (!_asRoot)
        {
            Shell($"chown -R {OrdinaryUser}:{OrdinaryUser} '{_folder.Path}'");
        }

        string[] words =
        [
            .. rights,
            "--mount",
            "--net",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            this["guard/guard.sh"],
            _folder.Path,
            "dotnet",
            Path.Combine(_grader, "grader.dll"),
            "batch",
            "--again",
            "--report",
            $"junit={this["reports/junit.xml"]}",
        ];
        var variables = new Dictionary<string, string?>
        {
            ["SECRET_OF_THE_GRADER"] = "secret",
            ["HOME"] = _asRoot ? Environment.GetEnvironmentVariable("HOME") : _folder.Path,
            ["NO_COLOR"] = null,
            ["TERM"] = null,
            ["CI"] = null,
            ["GITHUB_ACTIONS"] = null,
        };
        using var limit = new CancellationTokenSource(Limit);
        Run = await ProgramRun.OfAsync(
            Cli.Wrap(words[0])
                .WithArguments(words[1..])
                .WithWorkingDirectory(_folder.Path)
                .WithEnvironmentVariables(variables),
            limit.Token
        );
    }

    private void AddNeighbours()
    {
        _folder.Write(
            "grading.json",
            """
            {
              "submissions": "class/{student}/{assignment}", "assignments": { "echo": {} }, "roster": "roster.csv",
              "limits": { "submission": "00:02:00" }
            }
            """
        );
        _folder.Write("roster.csv", $"student,note\n{string.Join('\n', Missing.Select(name => $"{name},=1+1"))}\n");
        _folder.Add(Repository.PythonReference, "class/neighbour-right/echo");
        _folder.Add(Repository.Fixture("truncates-and-dies-on-reset"), "class/neighbour-wrong/echo");
    }

    private void AddAttacks()
    {
        foreach (var attack in Attacks)
        {
            var script = File.ReadAllText(Path.Combine(Zoo, $"{attack}.py"))
                .Replace("@ROOT@", _folder.Path, StringComparison.Ordinal)
                .Replace("@GRADER@", Path.Combine(_grader, "grader.dll"), StringComparison.Ordinal);
            _folder.Add(Repository.PythonReference, Work(attack));
            _folder.Write($"{Work(attack)}/attack.py", script);
            _folder.Write($"{Work(attack)}/start.py", File.ReadAllText(Path.Combine(Zoo, "start.py")));
            _folder.Write($"{Work(attack)}/submission.json", """{ "server": ["python3", "start.py", "{port}"] }""");
        }

        foreach (var server in Servers)
        {
            _folder.Write(
                $"{Work(server)}/echo_server.py",
                File.ReadAllText(Path.Combine(Zoo, "servers", $"{server}.py"))
            );
        }
    }

    private void AddFolders()
    {
        foreach (var (name, command) in Folders())
        {
            _folder.Add(Repository.PythonReference, Work(name));
            Shell($"cd '{this[Work(name)]}' && {command}");
        }
    }

    /// <summary>What shell commands add to a right server.</summary>
    private static IEnumerable<(string Name, string Command)> Folders()
    {
        yield return ("links-outside", "ln -s ../../../../../etc/passwd passwords");
        yield return ("has-a-pipe", "mkfifo pipe");
        yield return ("has-a-device", "mknod zero c 1 5");
        yield return ("has-100000-files", "mkdir many && cd many && seq 100000 | xargs touch");
        yield return ("has-10-gib-of-nothing", "truncate -s 10G sparse");
        yield return (
            "has-strange-names",
            """touch -- "$(printf 'new\nline')" 'a "quoted" '"'"'name'"'"'' "$(printf '\342\200\256desrever')" "$(printf 'no-utf-8-\377')" '=HYPERLINK(1)' '-rf'"""
        );
        yield return ("=HYPERLINK(1,2)", "true");
        yield return ("con", "true");
        yield return ("@SUM(A1)<b>", "true");
    }

    private void AddBuilds()
    {
        var attack =
            $"(touch {this["written"]} && echo ESCAPED; cat /etc/shadow > /dev/null && echo ESCAPED; ls {_folder.Path} && echo ESCAPED)";
        AddBuild(
            "makefile-attacks",
            "c",
            ("Makefile", $"echo_server:\n\t-@{attack}\n\tgcc -o echo_server echo_server.c -pthread\n")
        );
        AddBuild(
            "csproj-attacks",
            "csharp",
            (
                "echo_server.csproj",
                $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>
                    <EnableDefaultCompileItems>false</EnableDefaultCompileItems>
                  </PropertyGroup>
                  <ItemGroup><Compile Include="echo_server.cs" /></ItemGroup>
                  <Target Name="Attack" BeforeTargets="Build"><Exec Command="{attack.Replace(
                    "&",
                    "&amp;",
                    StringComparison.Ordinal
                ).Replace(">", "&gt;", StringComparison.Ordinal)}" ContinueOnError="true" IgnoreExitCode="true" /></Target>
                </Project>
                """
            )
        );
        AddBuild(
            "package-json-attacks",
            "node",
            (
                "package.json",
                $$"""{ "name": "a", "version": "1.0.0", "scripts": { "preinstall": "{{attack}}", "start": "{{attack}}; exec node echo_server.js" } }"""
            )
        );
        _folder.Write(
            $"{Work("includes-dev-zero")}/echo_server.c",
            "#include \"/dev/zero\"\nint main(void) { return 0; }\n"
        );
        _folder.Add(Repository.PythonReference, Work("builds-without-end"));
        _folder.Write(
            $"{Work("builds-without-end")}/submission.json",
            """{ "build": [["sh", "-c", "head -c 5000000000 /dev/zero > filler; seq 300000 | xargs touch"]], "server": ["python3", "echo_server.py", "{port}"] }"""
        );
    }

    private void AddBuild(string name, string language, (string Name, string Content) file)
    {
        _folder.Add(Path.Combine(Repository.Root, "reference", "echo", language), Work(name));
        _folder.Write($"{Work(name)}/{file.Name}", file.Content);
    }

    private void AddRecipes()
    {
        var deep = new string('[', 100_000);
        foreach (
            var (name, recipe) in new[]
            {
                ("recipe-of-30-mb", $$"""{ "server": ["python3", "{{new string('x', 30_000_000)}}"] }"""),
                ("recipe-without-bottom", $$"""{ "server": {{deep}} }"""),
                ("recipe-of-wrong-types", """{ "server": { "python3": true }, "build": 7, "stdin": [[null]] }"""),
                ("recipe-removes-everything", """{ "build": [["rm", "-rf", "/"]], "server": ["rm", "-rf", "/"] }"""),
            }
        )
        {
            _folder.Add(Repository.PythonReference, Work(name));
            _folder.Write($"{Work(name)}/submission.json", recipe);
        }
    }

    private static string Work(string student) => string.Create(CultureInfo.InvariantCulture, $"class/{student}/echo");

    private static void Shell(string script)
    {
        using var process = Process.Start("sh", ["-c", script]);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, script);
    }
}
