using System.Xml.Linq;

namespace Grader.Launching;

/// <summary>The environment of builds: without the network, and with the course's packages.</summary>
internal static class BuildEnvironment
{
    public static Dictionary<string, string> Make(Workspace workspace)
    {
        var packages = workspace.Packages;
        var variables = new Dictionary<string, string>
        {
            ["GOPROXY"] = "off",
            ["GOTOOLCHAIN"] = "local",
            // A log is told of by its name, and that holds the time.
            ["npm_config_logs_max"] = "0",
            ["npm_config_update_notifier"] = "false",
        };
        if (packages.NuGet is { } nuget)
        {
            variables["NUGET_FALLBACK_PACKAGES"] = nuget;
        }

        if (packages.Npm is { } npm)
        {
            variables["npm_config_cache"] = OverlayNpmCache(npm, workspace);
            variables["npm_config_offline"] = "true";
        }

        if (packages.Maven is { } maven)
        {
            WriteMavenSettings(maven, workspace);
            // Java asks the system for the home, not the environment.
            variables["MAVEN_OPTS"] = $"-Duser.home={workspace.HomeSeen}";
        }

        return variables;
    }

    // npm rewrites the index of its cache even to read it, and without that finds nothing. The content stays where it is.
    private static string OverlayNpmCache(string cache, Workspace workspace)
    {
        const string Folder = "_cacache";
        const string Index = "index-v5";
        const string Content = "content-v2";
        var overlay = Path.Combine(workspace.Home, ".npm");
        var shared = Path.Combine(cache, Folder);
        var own = Directory.CreateDirectory(Path.Combine(overlay, Folder)).FullName;
        Directory.CreateSymbolicLink(Path.Combine(own, Content), Path.Combine(shared, Content));
        foreach (var file in Directory.EnumerateFiles(Path.Combine(shared, Index), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(own, Path.GetRelativePath(shared, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            // Not a copy of the file, which would be as read-only as the file.
            File.WriteAllBytes(target, File.ReadAllBytes(file));
        }

        return Path.Combine(workspace.HomeSeen, ".npm");
    }

    private static void WriteMavenSettings(string repository, Workspace workspace)
    {
        var folder = Directory.CreateDirectory(Path.Combine(workspace.Home, ".m2")).FullName;
        new XElement("settings", new XElement("localRepository", repository), new XElement("offline", true)).Save(
            Path.Combine(folder, "settings.xml")
        );
    }
}
