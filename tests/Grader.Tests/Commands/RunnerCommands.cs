namespace Grader.Tests.Commands;

/// <summary>What GitHub's runner would obey of a program's output: the rules of actions/runner, read from its source.</summary>
internal static class RunnerCommands
{
    private const string Stop = "stop-commands";

    private static readonly string[] Known =
    [
        Stop,
        "error",
        "warning",
        "notice",
        "debug",
        "group",
        "endgroup",
        "echo",
        "add-mask",
        "add-path",
        "add-matcher",
        "remove-matcher",
        "set-env",
        "set-output",
        "save-state",
    ];

    /// <summary>The commands in their order; a token that ends a stop is told as "resume".</summary>
    public static IReadOnlyList<RunnerCommand> Obeyed(string output)
    {
        var obeyed = new List<RunnerCommand>();
        string? token = null;
        foreach (var line in output.ReplaceLineEndings("\n").Split('\n'))
        {
            var registered = token is null ? Known : [.. Known, token];
            if ((ParseColons(line, registered) ?? ParseBrackets(line, registered)) is not { } command)
            {
                continue;
            }

            if (token is null)
            {
                obeyed.Add(command);
                token = command.Name == Stop ? command.Data : null;
            }
            else if (command.Name == token)
            {
                obeyed.Add(new RunnerCommand("resume", "", ""));
                token = null;
            }
        }

        return obeyed;
    }

    // ::name properties::data, after blanks alone.
    private static RunnerCommand? ParseColons(string line, string[] registered)
    {
        var start = line.TrimStart();
        var end = start.StartsWith("::", StringComparison.Ordinal)
            ? start.IndexOf("::", 2, StringComparison.Ordinal)
            : -1;
        return end < 0 ? null : Make(start[2..end], start[(end + 2)..], registered);
    }

    // ##[name properties]data, anywhere in a line.
    private static RunnerCommand? ParseBrackets(string line, string[] registered)
    {
        var start = line.IndexOf("##[", StringComparison.Ordinal);
        var end = start < 0 ? -1 : line.IndexOf(']', start);
        return end < 0 ? null : Make(line[(start + 3)..end], line[(end + 1)..], registered);
    }

    private static RunnerCommand? Make(string head, string data, string[] registered)
    {
        var (name, properties) = head.Split(' ', 2) is [var first, var rest] ? (first, rest) : (head, "");
        return registered.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? new RunnerCommand(name, properties, Unescape(data))
            : null;
    }

    private static string Unescape(string data) =>
        data.Replace("%0D", "\r", StringComparison.Ordinal)
            .Replace("%0A", "\n", StringComparison.Ordinal)
            .Replace("%25", "%", StringComparison.Ordinal);
}

internal sealed record RunnerCommand(string Name, string Properties, string Data);
