using System.Text;
using Grader.Launching;

namespace Grader.Tests.Support;

/// <summary>A repository that a student pushed to.</summary>
internal sealed class GitRepository
{
    private readonly string _folder;

    private GitRepository(string folder) => _folder = folder;

    public static async Task<GitRepository> CreateAsync(string folder)
    {
        Machine.RequireProgram("git");
        Directory.CreateDirectory(folder);
        var repository = new GitRepository(folder);
        await repository.RunAsync("init", "--quiet", "--initial-branch=main");
        return repository;
    }

    /// <summary>Commits what is in the folder now.</summary>
    /// <returns>The commit.</returns>
    public async Task<string> CommitAsync(string when)
    {
        await RunAsync("add", "--all");
        await RunAsync(
            [
                "-c",
                "user.name=A student",
                "-c",
                "user.email=student@example.org",
                "commit",
                "--quiet",
                "--allow-empty",
                "--message=more",
            ],
            new() { ["GIT_COMMITTER_DATE"] = when }
        );
        return (await RunAsync("rev-parse", "HEAD")).TrimEnd();
    }

    public Task<string> RunAsync(params string[] arguments) => RunAsync(arguments, []);

    private async Task<string> RunAsync(string[] arguments, Dictionary<string, string?> variables)
    {
        var output = new StringBuilder();
        var pipe = PipeTarget.Create(
            async (stream, token) =>
            {
                using var reader = new StreamReader(stream, Encoding.UTF8);
                var text = await reader.ReadToEndAsync(token);
                lock (output)
                {
                    output.Append(text);
                }
            }
        );
        // Nothing of whoever runs the tests: hooks, signatures, other names of branches.
        variables["GIT_CONFIG_GLOBAL"] = "/dev/null";
        variables["GIT_CONFIG_NOSYSTEM"] = "1";
        var result = await Cli.Wrap("git")
            .WithArguments(arguments)
            .WithWorkingDirectory(_folder)
            .WithEnvironmentVariables(variables)
            .WithStandardOutputPipe(pipe)
            .WithStandardErrorPipe(pipe)
            .ExecuteAsync(Deadline.Token())
            .Task;
        Assert.That(result.IsSuccess, Is.True, $"git {string.Join(' ', arguments)}: {output}");
        return output.ToString();
    }
}
