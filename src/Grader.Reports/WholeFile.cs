using System.Text;

namespace Grader.Reports;

/// <summary>A file that is whole at every instant.</summary>
internal static class WholeFile
{
    // Whoever reads meanwhile, or after an interruption, sees the old file or the new one, never half of one.
    public static void Write(string path, string content)
    {
        using (var file = Create($"{path}.new"))
        {
            file.Write(Encoding.UTF8.GetBytes(content));
            // Else a machine that loses its power may keep the new name and not the content.
            file.Flush(flushToDisk: true);
        }

        File.Move($"{path}.new", path, overwrite: true);
    }

    /// <summary>Makes the folders on the way, and tries to write beside the file; a file that is there stays as it is.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Try(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        Create($"{path}.new").Dispose();
        File.Delete($"{path}.new");
    }

    // In a folder that was handed in, a link of that name may lead to any file.
    private static FileStream Create(string path)
    {
        File.Delete(path);
        return new FileStream(path, FileMode.CreateNew);
    }
}
