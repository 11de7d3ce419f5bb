using Grader.Launching;

namespace Grader.Tests.Support;

/// <summary>How a real program ended, and all that it wrote.</summary>
internal sealed record ProgramRun(int ExitCode, string Stdout, string Stderr)
{
    public static async Task<ProgramRun> OfAsync(Command command, CancellationToken forceful)
    {
        var stdout = new MemoryStream();
        var stderr = new MemoryStream();
        var result = await command
            .WithStandardOutputPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(stdout, token)))
            .WithStandardErrorPipe(PipeTarget.Create((stream, token) => stream.CopyToAsync(stderr, token)))
            .ExecuteAsync(forceful)
            .Task;
        return new ProgramRun(result.ExitCode, Decode(stdout), Decode(stderr));
    }

    private static string Decode(MemoryStream bytes) => System.Text.Encoding.UTF8.GetString(bytes.ToArray());
}
