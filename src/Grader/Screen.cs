using System.Text.RegularExpressions;
using Spectre.Console;

namespace Grader;

/// <summary>Standard output and error: colour and movement on a terminal, plain lines that are never wrapped elsewhere.</summary>
internal sealed partial class Screen
{
    // Spectre.Console wraps at the width that it believes in.
    private const int Unbounded = 1_000_000;

    private readonly IAnsiConsole _console;
    private readonly Lock _lock = new();

    public Screen()
    {
        IsLive =
            !Console.IsOutputRedirected
            && !IsSet("CI")
            && !IsSet("NO_COLOR")
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        _console = AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = IsLive ? AnsiSupport.Detect : AnsiSupport.No,
                ColorSystem = IsLive ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
                Interactive = IsLive ? InteractionSupport.Detect : InteractionSupport.No,
                Out = new AnsiConsoleOutput(Console.Out),
            }
        );
        if (!IsLive)
        {
            _console.Profile.Width = Unbounded;
        }
    }

    /// <summary>Whether a person watches.</summary>
    public bool IsLive { get; }

    public void Line(string text = "")
    {
        lock (_lock)
        {
            _console.MarkupLine(Colour(Markup.Escape(text)));
        }
    }

    public void Lines(string text)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            Line(line);
        }
    }

    public static void Error(string text) => Console.Error.WriteLine($"grader: {text}");

    /// <summary>Shows what goes on while <paramref name="work"/> runs; only a person sees it.</summary>
    public async Task<T> WithStatusAsync<T>(string text, Func<Action<string>, Task<T>> work)
    {
        if (!IsLive)
        {
            return await work(_ => { });
        }

        return await _console
            .Status()
            .StartAsync(Markup.Escape(text), context => work(status => context.Status(Markup.Escape(status))));
    }

    private string Colour(string line) =>
        !IsLive ? line
        : line.TrimStart() is { Length: > 0 } text
            ? text[0] switch
            {
                '✔' => line.Replace("✔", "[green]✔[/]", StringComparison.Ordinal),
                '✘' => line.Replace("✘", "[red]✘[/]", StringComparison.Ordinal),
                '^' => $"[red]{line}[/]",
                '-' => $"[grey]{line}[/]",
                '!' => $"[yellow]{line}[/]",
                _ => Labels().Replace(line, "$1[grey]$2[/]"),
            }
        : line;

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));

    [GeneratedRegex("^(      )(expected|actual|server|stderr|output|teaches|hint|error)(?= )")]
    private static partial Regex Labels();
}
