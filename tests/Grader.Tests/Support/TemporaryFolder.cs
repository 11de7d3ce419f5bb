namespace Grader.Tests.Support;

/// <summary>A folder for one test, deleted when the test ends.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("grader.tests-").FullName;

    /// <summary>A path in the folder.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Writes a file, with the folders on its way, and gives its path.</summary>
    public string Write(string name, string content = "")
    {
        var path = this[name];
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }

    public string MakeFolder(string name) => Directory.CreateDirectory(this[name]).FullName;

    /// <summary>Copies a fixture's files into a folder of this one.</summary>
    public void Add(string fixture, string name)
    {
        var target = MakeFolder(name);
        foreach (var file in Directory.GetFiles(fixture))
        {
            File.Copy(file, System.IO.Path.Combine(target, System.IO.Path.GetFileName(file)));
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
