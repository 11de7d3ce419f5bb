using Grader.Launching;

namespace Grader.Tests.Support;

/// <summary>The grader as it is built, run as a process of its own.</summary>
internal static class GraderProgram
{
    // A batch of a dozen takes 16 s alone and 30 s beside other tests, and there are slower machines than that one.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    // Of our own environment: what would change how the grader writes, or what it reads.
    private static readonly string[] Hidden =
    [
        "NO_COLOR",
        "CI",
        "TERM",
        "GITHUB_ACTIONS",
        "GITHUB_STEP_SUMMARY",
        "GITHUB_WORKSPACE",
    ];

    public static Task<ProgramRun> RunAsync(params string[] arguments) =>
        RunAsync(Repository.Root, new Dictionary<string, string?>(), arguments);

    public static Task<ProgramRun> RunAsync(
        string folder,
        IReadOnlyDictionary<string, string?> variables,
        params string[] arguments
    ) => ProgramRun.OfAsync(Wrap(folder, variables, arguments), Deadline());

    /// <summary>A token that is cancelled when a grader must have hung.</summary>
    public static CancellationToken Deadline() => new CancellationTokenSource(Limit).Token;

    public static Command Wrap(string folder, IReadOnlyDictionary<string, string?> variables, params string[] arguments)
    {
        string[] program =
        [
            Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            Path.Combine(AppContext.BaseDirectory, "grader.dll"),
            .. arguments,
        ];
        // Tests that a script runs in its background inherit an ignored SIGINT, and so would the grader.
        string[] words = OperatingSystem.IsLinux() ? ["env", "--default-signal", .. program] : program;
        return Cli.Wrap(words[0])
            .WithArguments(words[1..])
            .WithWorkingDirectory(folder)
            .WithEnvironmentVariables(
                Hidden
                    .Except(variables.Keys)
                    .ToDictionary(name => name, string? (_) => null)
                    .Concat(variables)
                    .ToDictionary()
            );
    }
}
