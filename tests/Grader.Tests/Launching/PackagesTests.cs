using Grader.Hosting;
using Grader.Launching;
using Grader.Sandboxing;
using Grader.Tests.Support;

namespace Grader.Tests.Launching;

/// <summary>Real builds without the network, with packages from a folder that nobody may write to.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PackagesTests : IDisposable
{
    private const string Package = "words";

    private readonly TemporaryFolder _folder = new();
    private Workspace? _workspace;

    public void Dispose()
    {
        _workspace?.Dispose();
        _folder.Dispose();
    }

    [Test]
    public async Task A_csharp_project_takes_packages_from_the_nuget_folder()
    {
        // A package that this repository needs is on every machine that runs its tests.
        const string Used = "csvhelper";
        var machine = Path.Combine(NuGetFolder(), Used);
        var version = Path.GetFileName(Directory.GetDirectories(machine)[0]);
        CopyFolder(Path.Combine(machine, version), _folder.MakeFolder($"packages/{Used}/{version}"));
        using var packages = new ReadOnlyFolder(_folder["packages"]);
        _folder.Write("homework/echo_server.cs", "System.Console.WriteLine(typeof(CsvHelper.CsvReader));");
        _folder.Write(
            "homework/echo_server.csproj",
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><PackageReference Include="{Used}" Version="{version}" /></ItemGroup>
            </Project>
            """
        );

        await BuildAsync(new Packages { NuGet = packages.Path });

        Assert.That(Path.Combine(_workspace!.Built, ".built", "CsvHelper.dll"), Does.Exist);
        Assert.That(Path.Combine(_workspace!.Home, ".nuget", "packages", Used), Does.Not.Exist, "it was fetched");
        packages.AssertUnchanged();
    }

    [Test]
    public async Task A_node_program_takes_packages_from_the_npm_cache()
    {
        Machine.RequireProgram("npm");
        var registry = await FillNpmCacheAsync();
        using var packages = new ReadOnlyFolder(_folder["cache"]);
        _folder.Write("homework/package.json", DependsOn(Package, "^1.0.0"));
        _folder.Write("homework/.npmrc", $"registry={registry}\n");
        _folder.Write("homework/echo_server.js", $"console.log(require('{Package}'));");

        await BuildAsync(new Packages { Npm = packages.Path });

        var installed = Path.Combine(_workspace!.Built, "node_modules", Package, "index.js");
        Assert.That(installed, Does.Exist);
        packages.AssertUnchanged();
        _workspace!.RenewRun();
        packages.AssertUnchanged();
    }

    [TestCase("left", "*", "request to .*left failed: cache mode is 'only-if-cached'")]
    [TestCase(Package, "^2.0.0", "No matching version found for words@\\^2\\.0\\.0")]
    public async Task A_package_that_the_npm_cache_lacks_is_the_machine_s_fault(string name, string range, string told)
    {
        Machine.RequireProgram("npm");
        var registry = await FillNpmCacheAsync();
        _folder.Write("homework/package.json", DependsOn(name, range));
        _folder.Write("homework/.npmrc", $"registry={registry}\n");
        _folder.Write("homework/echo_server.js");

        var fault = Assert.ThrowsAsync<EnvironmentException>(() =>
            BuildAsync(new Packages { Npm = _folder["cache"] })
        )!;

        Assert.That(fault.Message, Does.Match($"^the build needs packages from the network: .*{told}"));
    }

    [Test]
    public void Without_an_npm_cache_no_package_is_there()
    {
        Machine.RequireProgram("npm");
        _folder.Write("homework/package.json", DependsOn(Package, "*"));
        _folder.Write("homework/echo_server.js");

        var fault = Assert.ThrowsAsync<EnvironmentException>(() => BuildAsync(new Packages()))!;

        Assert.That(fault.Message, Does.Contain("only-if-cached"));
    }

    [Test]
    public async Task A_maven_build_takes_what_it_needs_from_the_maven_folder()
    {
        Machine.RequireProgram("mvn");
        _folder.Write("packages/com/example/course/1.0/course-1.0.pom", Pom("course", ""));
        using var packages = new ReadOnlyFolder(_folder["packages"]);
        SubmitMaven("1.0");

        await BuildAsync(new Packages { Maven = packages.Path });

        packages.AssertUnchanged();
    }

    [Test]
    public void What_the_maven_folder_lacks_is_the_machine_s_fault()
    {
        Machine.RequireProgram("mvn");
        using var packages = new ReadOnlyFolder(_folder.MakeFolder("packages"));
        SubmitMaven("2.0");

        var fault = Assert.ThrowsAsync<EnvironmentException>(() => BuildAsync(new Packages { Maven = packages.Path }))!;

        Assert.That(fault.Message, Does.Contain("in offline mode and the artifact com.example:course:pom:2.0"));
        packages.AssertUnchanged();
    }

    [Test]
    public async Task Programs_are_told_nothing_of_the_packages()
    {
        Machine.RequirePython();
        _folder.Write("homework/echo_server.py", "import os, sys; sys.exit(' '.join(os.environ))");
        var recipe = await BuildAsync(new Packages { NuGet = "/nuget", Maven = "/maven" });

        var clock = new FairClock(new Limits().Submission, TimeProvider.System);
        var launcher = new Launcher(recipe, _workspace!, new Limits(), clock, new Log(10_000));
        var failure = Assert
            .ThrowsAsync<EndedEarlyException>(() => launcher.StartAsync(host: null, port: null, Deadline.Token()))!
            .Failure;

        Assert.That(failure.Output.Single(), Does.Not.Match("NUGET_FALLBACK|MAVEN_OPTS|npm_config|GOPROXY"));
    }

    private async Task<Recipe> BuildAsync(Packages packages)
    {
        _workspace = Workspace.Create(Sandboxes.Choice.Sandbox, packages);
        _workspace.CopyIn(_folder["homework"]);
        var recipe = RecipeFinder.Find(_workspace.Built, ["echo_server"], []);
        var builder = new Builder(_workspace, new Limits(), TimeProvider.System, new Log(100_000));
        return await builder.BuildAsync(recipe, Deadline.Token());
    }

    /// <summary>Fills a cache as an instructor does, by an installation; then the registry goes.</summary>
    private async Task<string> FillNpmCacheAsync()
    {
        _folder.Write("words/package.json", $$"""{ "name": "{{Package}}", "version": "1.0.0" }""");
        _folder.Write("words/index.js", "module.exports = 'a word';");
        await RunNpmAsync(_folder["words"], "pack");
        var tarball = await File.ReadAllBytesAsync(_folder[$"words/{Package}-1.0.0.tgz"]);
        await using var registry = new PackageRegistry(Package, tarball);
        _folder.Write("seed/package.json", DependsOn(Package, "*"));
        await RunNpmAsync(_folder["seed"], "install", "--registry", registry.Address);
        return registry.Address;
    }

    private async Task RunNpmAsync(string folder, params string[] arguments)
    {
        var command = Cli.Wrap("npm")
            .WithArguments([.. arguments, "--cache", _folder["cache"], "--no-audit", "--no-update-notifier"])
            .WithWorkingDirectory(folder);
        var run = await ProgramRun.OfAsync(command, Deadline.Token());
        Assert.That(run.ExitCode, Is.Zero, run.Stderr);
    }

    private static string DependsOn(string name, string range) =>
        $$"""{ "name": "homework", "dependencies": { "{{name}}": "{{range}}" } }""";

    private void SubmitMaven(string version)
    {
        var parent = $"<parent>{Coordinates("course", version)}<relativePath /></parent>";
        _folder.Write("homework/pom.xml", Pom("homework", parent));
        _folder.Write(
            "homework/submission.json",
            """{ "build": [["mvn", "--quiet", "--batch-mode", "validate"]], "server": ["./echo_server"] }"""
        );
    }

    private static string Pom(string name, string parent) =>
        $"<project><modelVersion>4.0.0</modelVersion>{parent}{Coordinates(name, "1.0")}<packaging>pom</packaging></project>";

    private static string Coordinates(string name, string version) =>
        $"<groupId>com.example</groupId><artifactId>{name}</artifactId><version>{version}</version>";

    private static string NuGetFolder() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
