using System.Security.Cryptography;
using System.Text;

namespace Grader.Intake;

/// <summary>One value (SHA-256) for many: the same only while all of them are.</summary>
internal sealed class Digest : IDisposable
{
    /// <summary>What makes a file a program; of all modes these alone are kept of what is handed in.</summary>
    public const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Whether it is the same for a program and for a text with the same content: not every copy keeps the mode.</summary>
    public bool IgnoresModes { get; init; }

    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    // With its length, so that no two lists of values look alike.
    public void Add(byte[] bytes)
    {
        _hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
        _hash.AppendData(bytes);
    }

    /// <summary>Adds a name and what it stands for: of a file its content, of a link the name that it leads to.</summary>
    public void Add(string name, FileSystemInfo entry)
    {
        Add(name);
        // A link is its target's name, never what lies there; a pipe, which has no length, is copied as an empty file.
        if (entry.LinkTarget is { } link)
        {
            Add("link");
            Add(link);
        }
        else if (entry is FileInfo { Length: > 0 } file)
        {
            Add($"file {(IgnoresModes ? default : file.UnixFileMode & Executable)}");
            Add(file);
        }
        else
        {
            Add(entry is DirectoryInfo ? "folder" : "empty file");
        }
    }

    /// <returns>The value, in hexadecimal digits.</returns>
    public string Read() => Convert.ToHexStringLower(_hash.GetHashAndReset());

    public void Dispose() => _hash.Dispose();

    // No more than was counted, though somebody may be writing: a file that shrinks ends as one that cannot be read.
    private void Add(FileInfo file)
    {
        _hash.AppendData(BitConverter.GetBytes(file.Length));
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var buffer = new byte[Math.Min(file.Length, 1 << 16)];
        for (var left = file.Length; left > 0; left -= buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            stream.ReadExactly(part);
            _hash.AppendData(part);
        }
    }
}
