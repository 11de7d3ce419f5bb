using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Grader.Checks;
using Grader.Launching;

namespace Grader.Intake;

/// <summary>Unpacks what was handed in as one file, and trusts nothing in it.</summary>
public static class Archive
{
    public const int MostEntries = 10_000;

    /// <summary>Of an archive, and of what it unpacks to.</summary>
    public const long MostBytes = 200_000_000;

    /// <summary>How many times as much as itself an archive may unpack to.</summary>
    public const int MostRatio = 200;

    private const string TarWord = ".tar.gz";
    private const string ZipWord = ".zip";

    // Names of files on Linux, in bytes: of one, and of the whole path below a workspace.
    private const int LongestName = 255;
    private const int LongestPath = 3_000;

    // Folders within folders.
    private const int MostLevels = 50;

    // Of a .tar, with what is skipped, which is unpacked as well to get past it.
    private const long MostRead = 5 * MostBytes;
    private const long LeastRead = 64_000_000;

    private const string Sources = "Hand in sources, not what was built from them.";

    private const UnixFileMode Plain =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>What the names of archives end with.</summary>
    public static IReadOnlyList<string> Endings { get; } = [ZipWord, TarWord, ".tgz"];

    /// <returns>What the name of an archive ends with; null for what is none.</returns>
    public static string? EndingOf(string name) =>
        Endings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <param name="path">The archive.</param>
    /// <param name="ending">What its name ends with.</param>
    /// <param name="folder">An empty folder. Where all lies in one folder of the archive, that is what was handed in.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <exception cref="CheckFailedException">It is broken, or holds what is refused; part of it may be unpacked.</exception>
    /// <exception cref="IOException">The disk does not read or write.</exception>
    public static void Unpack(string path, string ending, string folder, CancellationToken cancellationToken)
    {
        RequireFile(new FileInfo(path));
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        Unpack(Read(file, ending), new Measure(file.Length), folder, cancellationToken);
        while (Lift(folder))
        {
            // Some put a folder around a folder.
        }
    }

    /// <exception cref="CheckFailedException">It is too large to be looked at, or no file.</exception>
    internal static void RequireFile(FileInfo file)
    {
        if (file.Length > MostBytes)
        {
            throw Refusal($"an archive of more than {Text.Size(MostBytes)}", Sources);
        }

        // Nor has a pipe or a device a length, and whoever opens one may wait for ever.
        if (file.Length == 0)
        {
            throw Broken();
        }
    }

    /// <summary>Likewise, as git writes it; how large it is packed does not matter.</summary>
    internal static void UnpackTar(Stream tar, string folder, CancellationToken cancellationToken) =>
        Unpack(ReadTar(tar, MostRead), new Measure(MostBytes), folder, cancellationToken);

    private static void Unpack(
        IEnumerable<Entry> entries,
        Measure measure,
        string folder,
        CancellationToken cancellationToken
    )
    {
        var made = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var entry in Guard(entries))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Clean(entry.Name) is not { } name)
            {
                continue;
            }

            RequireKind(entry.Kind, name);
            MakeRoom(made, name, entry.Kind == EntryKind.Folder, measure);
            var target = Path.Combine(folder, name);
            if (entry.Kind == EntryKind.Folder)
            {
                Directory.CreateDirectory(target);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            Write(entry, name, target, measure);
            if (EndingOf(name) is not null)
            {
                CountInside(target, name, measure);
            }
        }
    }

    private static void Write(Entry entry, string name, string target, Measure measure)
    {
        using var file = new FileStream(target, FileMode.CreateNew, FileAccess.Write);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file.SafeFileHandle, entry.IsExecutable ? Plain | Digest.Executable : Plain);
        }

        foreach (var part in Guard(entry.Read()))
        {
            measure.CountBytes(part.Length, name);
            file.Write(part.Span);
        }
    }

    // Nobody unpacks it here. A build may, or whoever looks at what was handed in.
    private static void CountInside(string path, string name, Measure measure)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read);
        try
        {
            foreach (var inner in Read(file, name))
            {
                measure.CountEntry(name);
                if (EndingOf(inner.Name) is not null)
                {
                    throw Refusal($"{name} holds an archive in its turn", "Hand in the files themselves.");
                }

                foreach (var part in inner.Read())
                {
                    measure.CountBytes(part.Length, name);
                }
            }
        }
        catch (Exception e) when (IsOfFormat(e))
        {
            // It is called so, and is no archive.
        }
    }

    // The archive of a folder begins with the folder's name.
    private static bool Lift(string folder)
    {
        if (Directory.GetFileSystemEntries(folder) is not [var only] || !Directory.Exists(only))
        {
            return false;
        }

        // Under a name that what is in it cannot have.
        var aside = $"{folder}.unpacked";
        Directory.Move(only, aside);
        foreach (var path in Directory.GetFileSystemEntries(aside))
        {
            Directory.Move(path, Path.Combine(folder, Path.GetFileName(path)));
        }

        Directory.Delete(aside);
        return true;
    }

    private static IEnumerable<Entry> Read(FileStream file, string name) =>
        EndingOf(name) == ZipWord ? ReadZip(file) : ReadTarGz(file);

    private static IEnumerable<Entry> ReadTarGz(FileStream file)
    {
        using var unpacked = new GZipStream(file, CompressionMode.Decompress);
        // Of what a header says about its size, memory for the whole of it is asked for before any of it has been read.
        foreach (var entry in ReadTar(unpacked, Math.Clamp(MostRatio * file.Length, LeastRead, MostRead)))
        {
            yield return entry;
        }
    }

    private static IEnumerable<Entry> ReadZip(FileStream file)
    {
        Zip.RequireFewEntries(file);
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            yield return Zip.Describe(entry);
        }
    }

    private static IEnumerable<Entry> ReadTar(Stream stream, long most)
    {
        using var bounded = new BoundedStream(stream, most);
        using var tar = new TarReader(bounded, leaveOpen: true);
        while (tar.GetNextEntry() is { } entry)
        {
            var kind = entry.EntryType switch
            {
                TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile => EntryKind.File,
                TarEntryType.Directory or TarEntryType.DirectoryList => EntryKind.Folder,
                TarEntryType.SymbolicLink or TarEntryType.HardLink => EntryKind.Link,
                _ => EntryKind.Other,
            };
            // That one is about the archive.
            if (entry.EntryType != TarEntryType.GlobalExtendedAttributes)
            {
                yield return new Entry(entry.Name, kind, (entry.Mode & Digest.Executable) != 0)
                {
                    Content = () => entry.DataStream ?? Stream.Null,
                };
            }
        }
    }

    private static void RequireKind(EntryKind kind, string name)
    {
        if (kind == EntryKind.Link)
        {
            throw Refusal($"{Shorten(name)} in it is a link", "Hand in the file itself in place of the link.");
        }

        if (kind == EntryKind.Encrypted)
        {
            throw Refusal($"{Shorten(name)} in it needs a password", "Pack it anew without one.");
        }

        if (kind == EntryKind.Other)
        {
            throw Refusal($"{Shorten(name)} in it is neither a file nor a folder", "Hand in files and folders alone.");
        }
    }

    internal static CheckFailedException Refusal(string what, string hint) =>
        new(new Failure("files that can be unpacked", Text.Printable(what)) { Hint = hint });

    private static CheckFailedException Broken() =>
        Refusal("it is broken, or no archive of its name", "Pack it anew, and open it once before you hand it in.");

    // Null for what nobody wants.
    private static string? Clean(string written)
    {
        // Some programs on Windows write it so.
        var name = written.Replace('\\', '/');
        if (name.StartsWith('/') || name is [_, ':', ..])
        {
            throw Refusal(
                $"{Shorten(written)} in it is an absolute name",
                "Pack the folder, not the whole path to it."
            );
        }

        var parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToList();
        if (parts.Contains(".."))
        {
            throw Refusal(
                $"{Shorten(written)} in it leaves the folder",
                "Pack what is in the folder, and nothing above it."
            );
        }

        name = string.Join('/', parts);
        if (
            name.Contains('\0', StringComparison.Ordinal)
            || Encoding.UTF8.GetByteCount(name) > LongestPath
            || parts.Count > MostLevels
            || parts.Exists(part => Encoding.UTF8.GetByteCount(part) > LongestName)
        )
        {
            throw Refusal($"{Shorten(written)} in it is no name of a file", "Give it a shorter one.");
        }

        return parts.Count == 0 || parts.Exists(Workspace.IsLeft) ? null : name;
    }

    private static string Shorten(string name)
    {
        const int Most = 80;
        return Text.Shorten(name, Most);
    }

    // Every file once, and nothing below a file.
    private static void MakeRoom(Dictionary<string, bool> made, string name, bool isFolder, Measure measure)
    {
        for (var end = name.IndexOf('/'); end >= 0; end = name.IndexOf('/', end + 1))
        {
            if (made.TryGetValue(name[..end], out var isAlsoFolder) && !isAlsoFolder)
            {
                throw Refusal($"{Shorten(name[..end])} in it is a file and a folder", "Pack it anew.");
            }

            if (made.TryAdd(name[..end], true))
            {
                measure.CountEntry(name);
            }
        }

        if (made.TryGetValue(name, out var was) && !(was && isFolder))
        {
            throw Refusal($"{Shorten(name)} is in it twice", "Pack it anew.");
        }

        if (made.TryAdd(name, isFolder))
        {
            measure.CountEntry(name);
        }
    }

    // What the reader of a format finds wrong with it; all else is the disk's, or a fault of ours.
    private static bool IsOfFormat(Exception e) =>
        e
            is InvalidDataException
                or EndOfStreamException
                or FormatException
                or ArgumentException
                or OverflowException
                or InvalidOperationException
                or NotSupportedException;

    private static IEnumerable<T> Guard<T>(IEnumerable<T> items)
    {
        using var enumerator = items.GetEnumerator();
        while (true)
        {
            try
            {
                if (!enumerator.MoveNext())
                {
                    yield break;
                }
            }
            catch (Exception e) when (IsOfFormat(e))
            {
                throw Broken();
            }

            yield return enumerator.Current;
        }
    }

    /// <summary>What can be in an archive.</summary>
    internal enum EntryKind
    {
        File,
        Folder,
        Link,

        /// <summary>A file that needs a password.</summary>
        Encrypted,

        /// <summary>A device, a pipe, and what else there is.</summary>
        Other,
    }

    /// <summary>Something in an archive, by the name that is written there.</summary>
    internal sealed record Entry(string Name, EntryKind Kind, bool IsExecutable)
    {
        public Func<Stream> Content { get; init; } = () => Stream.Null;

        /// <summary>What its bytes must add up to; null where the format itself sees to it.</summary>
        public uint? Checksum { get; init; }

        /// <summary>Its bytes, in parts that are valid until the next is asked for.</summary>
        public IEnumerable<ReadOnlyMemory<byte>> Read()
        {
            using var stream = Content();
            var sum = new System.IO.Hashing.Crc32();
            var buffer = new byte[1 << 16];
            while (stream.Read(buffer) is > 0 and var count)
            {
                sum.Append(buffer.AsSpan(0, count));
                yield return buffer.AsMemory(0, count);
            }

            if (Checksum is { } checksum && checksum != sum.GetCurrentHashAsUInt32())
            {
                throw new InvalidDataException("the checksum is wrong");
            }
        }
    }

    /// <summary>How much has been unpacked, and whether it is too much.</summary>
    private sealed class Measure(long packed)
    {
        // Below that, a file of a single letter is no bomb.
        private const long Harmless = 1_000_000;

        private int _entries;
        private long _bytes;

        public void CountEntry(string name)
        {
            if (++_entries > MostEntries)
            {
                throw Refusal(
                    $"more than {MostEntries:N0} files and folders in it, counted up to {Shorten(name)}",
                    Sources
                );
            }
        }

        public void CountBytes(int count, string name)
        {
            _bytes += count;
            if (_bytes > MostBytes)
            {
                throw Refusal(
                    $"it unpacks to more than {Text.Size(MostBytes)}, counted up to {Shorten(name)}",
                    Sources
                );
            }

            if (_bytes > Harmless && _bytes > MostRatio * packed)
            {
                throw Refusal($"it unpacks to more than {MostRatio} times its size, at {Shorten(name)}", Sources);
            }
        }
    }
}
