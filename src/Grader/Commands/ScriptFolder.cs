using Grader.Reports;

namespace Grader.Commands;

/// <summary>Where <c>--reproduce</c> writes scripts that show failures again.</summary>
/// <param name="Path">The folder; null where none is wanted.</param>
internal sealed record ScriptFolder(string? Path)
{
    /// <summary>Finds out, before anything runs, whether there can be such a folder.</summary>
    /// <exception cref="UsageException">There cannot.</exception>
    public void Prepare()
    {
        if (Path is "")
        {
            throw new UsageException("--reproduce: the name is empty", "name a folder that can be written to");
        }

        Write(new Dictionary<string, string>());
    }

    /// <exception cref="UsageException">They cannot be written.</exception>
    public void Write(IReadOnlyDictionary<string, string> scripts)
    {
        try
        {
            if (Path is not null)
            {
                Directory.CreateDirectory(Path);
                ReportFolder.WriteScripts(Path, scripts);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException(
                $"--reproduce {Path}: {e.Message.TrimEnd('.')}",
                "name another folder, which can be written to"
            );
        }
    }
}
