using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Grader.Checks;
using Grader.Hosting;
using Grader.Launching;
using Grader.Sandboxing;
using Grader.Scoring;

namespace Grader.Batch;

/// <summary>All that a verdict depends on, in one value: while it stays the same, a result need not be found again.</summary>
/// <remarks>Points are applied to stored results. What is installed on the machine cannot be told in a value.</remarks>
public sealed class ResultKeys(GradingOptions options)
{
    private const UnixFileMode Executable =
        UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    // Whatever else comes to be an option matters until it is taken out here.
    // Of packages the path is enough: a course adds to such a folder, and seldom changes what is in it.
    private readonly byte[] _options = JsonSerializer.SerializeToUtf8Bytes(
        options with
        {
            Points = new Dictionary<string, IReadOnlyDictionary<string, Worth>>(),
            Flaky = Flaky.Pass,
        }
    );

    /// <returns>The key; null for what was not handed in, or cannot be copied, of which grading says why.</returns>
    public string? Of(Work work)
    {
        if (work.Submission is not { } submission)
        {
            return null;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AddSuite(hash, work.Assignment);
        Add(hash, _options);
        Add(hash, Hosts.Mode.ToString());
        Add(hash, Sandboxes.Find(options.Sandbox).ToString());
        try
        {
            // Listed first: a folder that holds too much is refused before any of it is read.
            foreach (var (name, entry) in Workspace.Select(submission.Folder).ToList())
            {
                Add(hash, name, entry);
            }
        }
        catch (Exception e) when (e is CheckFailedException or IOException or UnauthorizedAccessException)
        {
            return null;
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // What checks do, which there are and in what order is code: the builds that it is in stand for all of it.
    private static void AddSuite(IncrementalHash hash, Assignment assignment)
    {
        Add(hash, assignment.Id);
        var code = assignment.Checks.Select(check => check.Run.Method).Append(assignment.Exchange.Method);
        foreach (var module in code.Select(method => method.Module).Append(typeof(ResultKeys).Module).Distinct())
        {
            Add(hash, module.ModuleVersionId.ToByteArray());
        }

        // The same build leaves out other checks on another machine.
        foreach (var check in assignment.Checks.Where(check => check.WhyNotHere is not null))
        {
            Add(hash, check.Id);
        }
    }

    // A link is its target's name, never what lies there; a pipe, which has no length, is copied as an empty file.
    private static void Add(IncrementalHash hash, string name, FileSystemInfo entry)
    {
        Add(hash, name);
        if (entry.LinkTarget is { } link)
        {
            Add(hash, "link");
            Add(hash, link);
        }
        else if (entry is FileInfo { Length: > 0 } file)
        {
            Add(hash, $"file {file.UnixFileMode & Executable}");
            Add(hash, file);
        }
        else
        {
            Add(hash, entry is DirectoryInfo ? "folder" : "empty file");
        }
    }

    // No more than was counted, though somebody may be writing: a file that shrinks ends as one that cannot be read.
    private static void Add(IncrementalHash hash, FileInfo file)
    {
        hash.AppendData(BitConverter.GetBytes(file.Length));
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var buffer = new byte[Math.Min(file.Length, 1 << 16)];
        for (var left = file.Length; left > 0; left -= buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
            stream.ReadExactly(part);
            hash.AppendData(part);
        }
    }

    private static void Add(IncrementalHash hash, string text) => Add(hash, Encoding.UTF8.GetBytes(text));

    // With its length, so that no two lists of values look alike.
    private static void Add(IncrementalHash hash, byte[] bytes)
    {
        hash.AppendData(BitConverter.GetBytes((long)bytes.Length));
        hash.AppendData(bytes);
    }
}
