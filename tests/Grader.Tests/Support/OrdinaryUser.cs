using Grader.Launching;

namespace Grader.Tests.Support;

/// <summary>Somebody who is not root, and may not even read the clone.</summary>
internal static class OrdinaryUser
{
    private const string Id = "65534";

    /// <summary>The same grader as that user, from a copy in a folder that is that user's from now on.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="grader">As <see cref="GraderProgram.Wrap"/> gives it.</param>
    /// <param name="path">Where it finds programs; those of root's home are none of an ordinary user's.</param>
    public static async Task<Command> StartAsync(
        TemporaryFolder folder,
        Command grader,
        string path = "/usr/local/bin:/usr/bin:/bin"
    )
    {
        await RunAsync("cp", "-r", AppContext.BaseDirectory, folder["bin"]);
        await RunAsync("chown", "-R", Id, folder.Path);
        return (grader with { TargetFilePath = "setpriv" }).WithArguments([
            $"--reuid={Id}",
            $"--regid={Id}",
            "--clear-groups",
            "env",
            // The first argument is an option of env.
            grader.Arguments[0],
            $"HOME={folder.Path}",
            $"PATH={path}",
            .. grader
                .Arguments.Skip(1)
                .Select(word =>
                    word.EndsWith("grader.dll", StringComparison.Ordinal) ? folder["bin/grader.dll"] : word
                ),
        ]);
    }

    private static Task<CommandResult> RunAsync(string program, params string[] arguments) =>
        Cli.Wrap(program).WithArguments(arguments).ExecuteAsync(Deadline.Token()).Task;
}
