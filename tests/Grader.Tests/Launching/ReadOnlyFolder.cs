using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Grader.Tests.Support;

namespace Grader.Tests.Launching;

/// <summary>A folder that nobody may write to, and that tells what somebody wrote all the same: root, who may always.</summary>
internal sealed class ReadOnlyFolder : IDisposable
{
    private const UnixFileMode Write = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private readonly string _before;

    public ReadOnlyFolder(string path)
    {
        Machine.RequireLinux();
        Path = path;
        foreach (var entry in Entries())
        {
            entry.UnixFileMode &= ~Write;
        }

        _before = Describe();
    }

    public string Path { get; }

    public void AssertUnchanged() => Assert.That(Describe(), Is.EqualTo(_before));

    public void Dispose()
    {
        foreach (var entry in Entries())
        {
            entry.UnixFileMode |= UnixFileMode.UserWrite;
        }
    }

    private IEnumerable<FileSystemInfo> Entries() =>
        new DirectoryInfo(Path)
            .EnumerateFileSystemInfos("*", SearchOption.AllDirectories)
            .Prepend(new DirectoryInfo(Path));

    // A sandbox gives away what it shows to others, if it takes it for its own.
    private string Owners()
    {
        using var find = Process.Start(
            new ProcessStartInfo("find", [Path, "-printf", "%p %U\n"]) { RedirectStandardOutput = true }
        )!;
        return find.StandardOutput.ReadToEnd();
    }

    private string Describe()
    {
        var lines = new StringBuilder();
        foreach (var entry in Entries().OrderBy(entry => entry.FullName, StringComparer.Ordinal))
        {
            var content =
                entry is FileInfo ? Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(entry.FullName))) : "";
            lines.AppendLine(
                FormattableString.Invariant($"{entry} {entry.LastWriteTimeUtc:O} {entry.UnixFileMode} {content}")
            );
        }

        return $"{lines}{Owners()}";
    }
}
