using System.Formats.Tar;
using System.IO.Compression;

namespace Grader.Tests.Intake;

/// <summary>Makes archives, right ones and others.</summary>
internal static class Archives
{
    /// <summary>A .zip of names and contents.</summary>
    public static byte[] Zip(params (string Name, string Content)[] files) =>
        Zip(zip =>
        {
            foreach (var (name, content) in files)
            {
                AddTo(zip, name, content);
            }
        });

    public static byte[] Zip(Action<ZipArchive> fill)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(zip);
        }

        return bytes.ToArray();
    }

    public static ZipArchiveEntry AddTo(ZipArchive zip, string name, string content)
    {
        var entry = zip.CreateEntry(name);
        using var writer = new StreamWriter(entry.Open());
        writer.Write(content);
        return entry;
    }

    /// <summary>A .tar of names and contents.</summary>
    public static byte[] Tar(params (string Name, string Content)[] files) =>
        Tar(tar =>
        {
            foreach (var (name, content) in files)
            {
                tar.WriteEntry(
                    new PaxTarEntry(TarEntryType.RegularFile, name)
                    {
                        DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content)),
                    }
                );
            }
        });

    public static byte[] Tar(Action<TarWriter> fill)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true))
        {
            fill(tar);
        }

        return bytes.ToArray();
    }

    /// <summary>Bytes as gzip packs them.</summary>
    public static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return bytes.ToArray();
    }
}
