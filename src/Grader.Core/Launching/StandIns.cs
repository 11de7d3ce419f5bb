using System.ComponentModel;
using System.Text;

namespace Grader.Launching;

/// <summary>Finds the programs behind the stand-ins of version managers, which look for them below the home.</summary>
internal static class StandIns
{
    // rustup would look below a home that is not there; pyenv asks four shell scripts at every start.
    private static readonly string[][] Questions =
    [
        ["rustup", "which", "rustc"],
        ["python3", "-c", "import sys; print(sys.executable)"],
    ];

    private static readonly Lazy<IReadOnlyList<string>> Found = new(() =>
        [.. Questions.Select(Ask).OfType<string>().Select(Path.GetDirectoryName).OfType<string>().Where(IsElsewhere)]
    );

    /// <summary>The folders of the real programs, where others stand in for them.</summary>
    public static IReadOnlyList<string> Folders => Found.Value;

    private static bool IsElsewhere(string folder) =>
        !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Contains(folder);

    private static string? Ask(string[] question)
    {
        using var answer = new MemoryStream();
        try
        {
            var result = Cli.Wrap(question[0])
                .WithArguments(question[1..])
                // Where the grader was started, a student's rust-toolchain.toml or .python-version may ask for another one.
                .WithWorkingDirectory(Path.GetPathRoot(Environment.CurrentDirectory)!)
                .WithEnvironmentVariables(new Dictionary<string, string?> { ["RUSTUP_AUTO_INSTALL"] = "0" })
                .WithStandardOutputPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(answer, token)))
                .ExecuteAsync()
                .Task.GetAwaiter()
                .GetResult();
            return result.IsSuccess ? Encoding.UTF8.GetString(answer.ToArray()).TrimEnd('\r', '\n') : null;
        }
        catch (Win32Exception)
        {
            // The language comes from elsewhere, or not at all.
            return null;
        }
    }
}
