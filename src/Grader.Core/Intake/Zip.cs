using System.IO.Compression;

namespace Grader.Intake;

/// <summary>What is peculiar to archives of the format zip (PKWARE's APPNOTE.TXT).</summary>
internal static class Zip
{
    // Unix keeps a file's type and mode in the upper half of the external attributes: S_IFMT and its values (stat.h).
    private const int TypeMask = 0xf000;
    private const int RegularType = 0x8000;
    private const int FolderType = 0x4000;
    private const int LinkType = 0xa000;
    private const int AnyExecutes = 0x49;

    // Every one is kept in memory while the archive is read.
    private const int MostHeaders = 100_000;

    /// <summary>Counts the headers of its directory, and leaves it at its beginning.</summary>
    public static void RequireFewEntries(FileStream file)
    {
        ReadOnlySpan<byte> signature = "PK\x01\x02"u8;
        var buffer = new byte[1 << 16];
        var (kept, headers) = (0, 0);
        while (file.Read(buffer, kept, buffer.Length - kept) is > 0 and var count)
        {
            var part = buffer.AsSpan(0, kept + count);
            headers += part.Count(signature);
            if (headers > MostHeaders)
            {
                throw Archive.Refusal(
                    $"more than {Archive.MostEntries:N0} files and folders in it",
                    "Hand in sources."
                );
            }

            // A signature may be cut in two here.
            kept = Math.Min(part.Length, signature.Length - 1);
            part[^kept..].CopyTo(buffer);
        }

        file.Position = 0;
    }

    public static Archive.Entry Describe(ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        var mode = entry.ExternalAttributes >> 16;
        var kind = (mode & TypeMask) switch
        {
            _ when entry.IsEncrypted => Archive.EntryKind.Encrypted,
            LinkType => Archive.EntryKind.Link,
            FolderType => Archive.EntryKind.Folder,
            0 or RegularType => name.EndsWith('/') || name.EndsWith('\\')
                ? Archive.EntryKind.Folder
                : Archive.EntryKind.File,
            _ => Archive.EntryKind.Other,
        };
        return new Archive.Entry(name, kind, (mode & AnyExecutes) != 0)
        {
            Content = entry.Open,
            Checksum = entry.Crc32,
        };
    }
}
