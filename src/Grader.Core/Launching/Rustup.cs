using System.ComponentModel;
using System.Text;

namespace Grader.Launching;

/// <summary>Finds the compiler behind the cargo and rustc of rustup, which look for it below the home.</summary>
internal static class Rustup
{
    private static readonly Lazy<string?> Found = new(Find);

    /// <summary>The folder of the real cargo and rustc, where rustup stands in for them.</summary>
    public static string? Folder => Found.Value;

    private static string? Find()
    {
        using var answer = new MemoryStream();
        try
        {
            var result = Cli.Wrap("rustup")
                .WithArguments(["which", "rustc"])
                // Where the grader was started, a student's rust-toolchain.toml may ask for another one.
                .WithWorkingDirectory(Path.GetPathRoot(Environment.CurrentDirectory)!)
                .WithEnvironmentVariables(new Dictionary<string, string?> { ["RUSTUP_AUTO_INSTALL"] = "0" })
                .WithStandardOutputPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(answer, token)))
                .ExecuteAsync()
                .Task.GetAwaiter()
                .GetResult();
            return result.IsSuccess
                ? Path.GetDirectoryName(Encoding.UTF8.GetString(answer.ToArray()).TrimEnd('\n'))
                : null;
        }
        catch (Win32Exception)
        {
            // Rust comes from elsewhere, or not at all.
            return null;
        }
    }
}
