using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Grader.Hosting;
using Grader.Launching;

namespace Grader.Intake;

/// <summary>A branch of a git repository: its last commit, without history, hooks or submodules.</summary>
/// <param name="Student">Whose it is.</param>
/// <param name="Address">Anything that git fetches from.</param>
/// <param name="Branch">Null for the one that the repository names itself.</param>
public sealed partial record RepositorySubmission(string Student, string Address, string? Branch) : Submission(Student)
{
    private const string Fetched = "FETCH_HEAD";

    // The packed files, and a little of history that a server may send along.
    private const long MostPacked = 2 * Archive.MostBytes;

    // Of names, with those that are skipped.
    private const int MostNames = 100_000;

    // In bytes of address space.
    private const long MostMemory = 2L << 30;

    private const string NotInstalled = "git is not installed";

    // What a shell ends with that does not find a program.
    private const int NotFound = 127;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    // To ask for a name takes a moment, and many may be asked for at a server that does not answer.
    private static readonly TimeSpan AskLimit = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    // Nothing of the repository is a program for us, and nobody is there to be asked for a password.
    private static readonly string[] Options =
    [
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "core.fsmonitor=false",
        "-c",
        "gc.auto=0",
        "-c",
        "core.bigFileThreshold=8m",
        "-c",
        "maintenance.auto=false",
        "-c",
        "protocol.ext.allow=never",
    ];

    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_ASKPASS"] = "true",
        ["SSH_ASKPASS"] = "true",
        ["GIT_SSH_COMMAND"] = System.Environment.GetEnvironmentVariable("GIT_SSH_COMMAND") ?? "ssh -o BatchMode=yes",
        ["LC_ALL"] = "C.UTF-8",
        // A hook that runs the grader has set them for its own repository.
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_INDEX_FILE"] = null,
        ["GIT_COMMON_DIR"] = null,
        ["GIT_OBJECT_DIRECTORY"] = null,
        ["GIT_ALTERNATE_OBJECT_DIRECTORIES"] = null,
        ["GIT_NAMESPACE"] = null,
        [Host.CookieVariable] = LastWill.Mark,
    };

    // To fetch, git may need what whoever grades has told it: names, keys, a proxy. What is in a repository chooses among the
    // filters that it knows of, such as one that downloads what a file stands for.
    private static readonly Dictionary<string, string?> NearEnvironment = new(Environment)
    {
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
    };

    // In an object of its own: what is found out later is no part of what makes two submissions the same.
    private readonly Resolution _resolution = new();

    private string Reference => Branch is null ? "HEAD" : $"refs/heads/{Branch}";

    protected override HandIn? Committed => _resolution.Taken;

    public override async Task ResolveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var lines = await RunAsync(["ls-remote", "--", Address, Reference], "/", PipeTo, cancellationToken);
            _resolution.Commit = lines.Split('\n').Select(line => line.Split('\t')).FirstOrDefault(IsReference)?[0];
        }
        catch (EnvironmentException)
        {
            // Told when it is fetched.
        }
    }

    internal override void AddTo(Digest digest) =>
        digest.Add(_resolution.Commit ?? throw new EnvironmentException("which commit is meant is not known"));

    internal override async Task CopyIntoAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory($"{workspace.Built}.git").FullName;
        try
        {
            await FetchAsync(folder, cancellationToken);
            var told = (
                await RunAsync(["log", "-1", "--format=%H %ct", Fetched], folder, PipeTo, cancellationToken)
            ).Split(' ', '\n');
            _resolution.Commit = told[0];
            _resolution.Taken = new HandIn(
                HandIn.AtSeconds(long.TryParse(told[1], CultureInfo.InvariantCulture, out var seconds) ? seconds : 0),
                HandInSource.Commit
            )
            {
                Commit = told[0],
            };
            await RequireFewFilesAsync(folder, cancellationToken);
            await RunAsync(
                ["archive", "--format=tar", Fetched],
                folder,
                async (stream, token) =>
                {
                    await Task.Run(() => Archive.UnpackTar(stream, workspace.Built, token), token);
                    await stream.CopyToAsync(Stream.Null, token);
                    return "";
                },
                cancellationToken
            );
        }
        finally
        {
            Delete(folder);
        }
    }

    private async Task FetchAsync(string folder, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await RunAsync(["init", "--quiet", "--bare", "--template=", "."], folder, PipeTo, end.Token);
        // What is handed in is all that was committed, as it was.
        Directory.CreateDirectory(Path.Combine(folder, "info"));
        await File.WriteAllTextAsync(
            Path.Combine(folder, "info", "attributes"),
            "* -export-ignore -export-subst\n",
            end.Token
        );
        string[] fetch =
        [
            "fetch",
            "--quiet",
            "--depth=1",
            "--no-tags",
            "--no-recurse-submodules",
            "--no-auto-maintenance",
            "--",
            Address,
            Reference,
        ];
        await WatchAsync(folder, RunAsync(fetch, folder, PipeTo, end.Token), end);
    }

    // Folders that hold the same folders many times over are a few bytes, and git writes them all down before it packs any.
    private static async Task RequireFewFilesAsync(string folder, CancellationToken cancellationToken) =>
        await RunAsync(
            ["ls-tree", "-r", "-t", "-z", "--name-only", Fetched],
            folder,
            async (stream, token) =>
            {
                var buffer = new byte[65_536];
                for (var names = 0; await stream.ReadAsync(buffer, token) is > 0 and var count; )
                {
                    names += buffer.AsSpan(0, count).Count((byte)0);
                    if (names > MostNames)
                    {
                        throw Archive.Refusal(
                            $"more than {MostNames:N0} files and folders in it",
                            "Commit sources, not what was built from them."
                        );
                    }
                }

                return "";
            },
            cancellationToken
        );

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A git that is being ended may still write; it lies in the workspace, which is deleted as a whole.
        }
    }

    // A commit has its own time.
    protected override DateTime? FindLastChange() => null;

    private static bool IsFar(string command) => command is "ls-remote" or "fetch";

    private bool IsReference(string[] line) => line.Length == 2 && line[1] == Reference;

    // A repository may be as large as it likes, and git has no bound for what it fetches.
    private static async Task WatchAsync(string folder, Task fetching, CancellationTokenSource end)
    {
        while (await Task.WhenAny(fetching, Task.Delay(BetweenLooks, CancellationToken.None)) != fetching)
        {
            if (MeasureFiles(folder) > MostPacked)
            {
                await end.CancelAsync();
                await Task.WhenAny(fetching);
                throw Archive.Refusal(
                    $"a repository of more than {Text.Size(MostPacked)}",
                    "Commit sources, not what was built from them."
                );
            }
        }

        await fetching;
    }

    private static long MeasureFiles(string folder)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        }
        catch (IOException)
        {
            // git renames what it has fetched.
            return 0;
        }
    }

    // Whoever serves a repository may have a great deal to say.
    private static async Task<string> PipeTo(Stream stream, CancellationToken cancellationToken)
    {
        const int Most = 65_536;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var buffer = new char[Most];
        var count = await reader.ReadBlockAsync(buffer, cancellationToken);
        await stream.CopyToAsync(Stream.Null, cancellationToken);
        return new string(buffer, 0, count);
    }

    private static async Task<string> RunAsync(
        string[] arguments,
        string folder,
        Func<Stream, CancellationToken, Task<string>> read,
        CancellationToken cancellationToken
    )
    {
        LastWill.Make();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var length = arguments[0] == "ls-remote" ? AskLimit : Limit;
        limit.CancelAfter(length);
        var (output, trouble) = ("", "");
        try
        {
            // In a session of its own: an interruption is ours to pass on. With as much memory as a compiler may have.
            string[] command = OperatingSystem.IsLinux()
                ?
                [
                    "setsid",
                    "sh",
                    "-c",
                    $"ulimit -v {MostMemory >> 10}; exec git \"$@\"",
                    "git",
                    .. Options,
                    .. arguments,
                ]
                : ["git", .. Options, .. arguments];
            var result = await Cli.Wrap(command[0])
                .WithArguments(command[1..])
                .WithWorkingDirectory(folder)
                .WithEnvironmentVariables(IsFar(arguments[0]) ? Environment : NearEnvironment)
                .WithStandardOutputPipe(PipeTarget.Create(async (stream, token) => output = await read(stream, token)))
                .WithStandardErrorPipe(
                    PipeTarget.Create(async (stream, token) => trouble = await PipeTo(stream, token))
                )
                .ExecuteAsync(limit.Token)
                .Task;
            return result.IsSuccess ? output
                : result.ExitCode == NotFound ? throw new EnvironmentException(NotInstalled)
                : throw new EnvironmentException(Explain(trouble));
        }
        catch (Win32Exception)
        {
            throw new EnvironmentException(NotInstalled);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EnvironmentException($"git {arguments[0]} took more than {Text.Duration(length)}");
        }
    }

    // The line that says why; whoever gave the address may have put a password into it.
    private static string Explain(string trouble)
    {
        var lines = trouble.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var line =
            lines.FirstOrDefault(line => line.StartsWith("fatal:", StringComparison.Ordinal))
            ?? lines.FirstOrDefault()
            ?? "it failed";
        return $"git: {Text.Printable(Secret().Replace(line.Replace("fatal: ", "", StringComparison.Ordinal), "//"))}";
    }

    [GeneratedRegex("//[^/@ ]*@")]
    private static partial Regex Secret();

    private sealed class Resolution
    {
        public string? Commit { get; set; }

        public HandIn? Taken { get; set; }
    }
}
