using Grader.Checks;
using Grader.Sandboxing;

namespace Grader.Launching;

/// <summary>Prepares commands of student programs: found on this machine, with an environment that says nothing of it.</summary>
internal static class Programs
{
    // What a toolchain needs to find itself; everything else of our environment is none of a student program's business.
    private static readonly string[] Inherited =
    [
        "PATH",
        "DOTNET_ROOT",
        "JAVA_HOME",
        "SystemRoot",
        "NUGET_CERT_REVOCATION_MODE",
    ];

    private static readonly string[] Pythons = ["python3", "python"];

    private static readonly Lazy<string[]> Prefix = new(FindPrefix);

    // A folder such as "." would be the student's, and what confines a program is found on the path.
    private static readonly Lazy<IReadOnlyList<string>> FoundFolders = new(() =>
        [
            .. StandIns
                .Folders.Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator))
                .Where(folder => Path.IsPathFullyQualified(folder) && Directory.Exists(folder)),
        ]
    );

    /// <summary>Where student programs, and what confines them, are looked for.</summary>
    public static IReadOnlyList<string> Folders => FoundFolders.Value;

    /// <summary>A command that starts in a session of its own with signals at their defaults, where the machine can do that.</summary>
    /// <exception cref="EnvironmentException">The program is not installed.</exception>
    /// <exception cref="CheckFailedException">The program was to be in the submission, and is not.</exception>
    public static Command Prepare(
        string source,
        IReadOnlyList<string> command,
        Stint stint,
        Workspace workspace,
        IReadOnlyDictionary<string, string> variables,
        MemoryGroup? group = null
    )
    {
        command = [Rename(command[0]), .. command.Skip(1)];
        var folder = workspace.FolderOf(stint);
        RequireProgram(source, command[0], folder);
        if (workspace.Sandbox?.Unreachable.Contains(command[0]) == true)
        {
            throw new EnvironmentException(
                $"{source}: {command[0]} lies in a folder that only the grader's user may enter; install it for all users"
            );
        }

        // .NET starts its children with SIGPIPE ignored, and an ignored SIGINT is inherited too.
        List<string> words =
        [
            .. Prefix.Value,
            .. group?.Enter ?? [],
            .. workspace.Sandbox?.Wrap(workspace, stint, command) ?? command,
        ];
        return Cli.Wrap(words[0])
            .WithArguments(words[1..])
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(MakeEnvironment(workspace, variables));
    }

    // Python's installer for Windows knows no python3, and Debian nothing else.
    private static string Rename(string program) =>
        Pythons.Contains(program) && !IsOnPath(program) ? Pythons.FirstOrDefault(IsOnPath) ?? program : program;

    private static Dictionary<string, string?> MakeEnvironment(
        Workspace workspace,
        IReadOnlyDictionary<string, string> variables
    )
    {
        var environment = new Dictionary<string, string?>();
        foreach (string name in Environment.GetEnvironmentVariables().Keys)
        {
            environment[name] = Inherited.Contains(name) ? Environment.GetEnvironmentVariable(name) : null;
        }

        environment["PATH"] = string.Join(Path.PathSeparator, Folders);
        environment["HOME"] = workspace.HomeSeen;
        environment["TMPDIR"] = workspace.HomeSeen;
        environment["LANG"] = "C.UTF-8";
        environment["DOTNET_CLI_HOME"] = workspace.HomeSeen;
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        environment["DOTNET_NOLOGO"] = "1";
        // It asks a registry, and says so where there is none.
        environment["DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK"] = "1";
        // A submission for an older .NET runs on the one that is here.
        environment["DOTNET_ROLL_FORWARD"] = "Major";
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return environment;
    }

    private static void RequireProgram(string source, string program, string folder)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            if (!File.Exists(Path.Combine(folder, program)))
            {
                throw new CheckFailedException(
                    new Failure($"the program {program}", "no such file after the build")
                    {
                        Hint = $"Check the file's name against the command in {SubmissionFile.Name} or the Makefile.",
                    }
                );
            }
        }
        else if (!IsOnPath(program))
        {
            if (File.Exists(Path.Combine(folder, program)))
            {
                throw new CheckFailedException(
                    new Failure("a command that starts a program", $"{source}: {program} is a file, and no command")
                    {
                        Hint = $"Write ./{program}, or the interpreter in front of it: \"python3\", \"{program}\".",
                    }
                );
            }

            throw new EnvironmentException(
                $"{source}: {program} is not installed on this machine; install it, or correct its name"
            );
        }
    }

    public static bool IsOnPath(string program) => FindOnPath(program) is not null;

    public static string? FindOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? $"{program}.exe" : program))
            .FirstOrDefault(path => OperatingSystem.IsWindows() ? File.Exists(path) : Languages.IsExecutable(path));

    private static string[] FindPrefix() =>
        OperatingSystem.IsLinux() && IsOnPath("setsid") && EnvResetsSignals()
            ? ["setsid", "env", "--default-signal"]
            : [];

    // Not every env can: busybox's cannot.
    private static bool EnvResetsSignals() =>
        Cli.Wrap("env")
            .WithArguments(["--default-signal", "true"])
            .ExecuteAsync()
            .Task.GetAwaiter()
            .GetResult()
            .IsSuccess;
}
