using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Spectre.Console;

namespace Grader;

/// <summary>Standard output and error: colour and movement on a terminal, plain lines that are never wrapped elsewhere.</summary>
internal sealed partial class Screen : IDisposable
{
    // Made for a person alone: it asks the terminal what it can do.
    private readonly Lazy<IAnsiConsole> _console = new(() =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) })
    );
    private readonly Lock _lock = new();
    private string? _token;

    public Screen()
    {
        if (!IsLive)
        {
            // .NET would switch the keypad of a terminal that it knows, and the log of a job would show that.
            Environment.SetEnvironmentVariable("TERM", "dumb");
            // Its own writers lose the signs that the locale of a job does not know.
            Console.SetOut(Plain(Console.OpenStandardOutput()));
            Console.SetError(Plain(Console.OpenStandardError()));
        }
    }

    /// <summary>Whether a person watches.</summary>
    public static bool IsLive { get; } =
        !Console.IsOutputRedirected
        && !IsSet("CI")
        && !IsGithub
        && !IsSet("NO_COLOR")
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    /// <summary>Whether no line is to be a command for GitHub's runner, whoever wrote what is in it.</summary>
    public bool IsGuarded { get; set; } = IsGithub;

    private static bool IsGithub => Environment.GetEnvironmentVariable("GITHUB_ACTIONS") == "true";

    public void Line(string text = "")
    {
        lock (_lock)
        {
            StopCommands();
            if (IsLive)
            {
                _console.Value.MarkupLine(Colour(Markup.Escape(text)));
            }
            else
            {
                Console.Out.WriteLine(text);
            }
        }
    }

    public void Lines(string text)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            Line(line);
        }
    }

    /// <summary>Lines of ours that are commands for GitHub's runner.</summary>
    public void Commands(IEnumerable<string> lines)
    {
        lock (_lock)
        {
            ResumeCommands();
            foreach (var line in lines)
            {
                Console.Out.WriteLine(line);
            }
        }
    }

    public static void Error(string text) => Console.Error.WriteLine($"grader: {Inert(text)}");

    /// <summary>Shows what goes on while <paramref name="work"/> runs; only a person sees it.</summary>
    public async Task<T> WithStatusAsync<T>(string text, Func<Action<string>, Task<T>> work)
    {
        if (!IsLive)
        {
            return await work(_ => { });
        }

        return await _console
            .Value.Status()
            .StartAsync(Markup.Escape(text), context => work(status => context.Status(Markup.Escape(status))));
    }

    public void Dispose() => ResumeCommands();

    private static StreamWriter Plain(Stream stream) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    private void StopCommands()
    {
        if (IsGuarded && _token is null)
        {
            _token = RandomNumberGenerator.GetHexString(32, lowercase: true);
            Console.Out.WriteLine($"::stop-commands::{_token}");
        }
    }

    private void ResumeCommands()
    {
        if (_token is { } token)
        {
            _token = null;
            Console.Out.WriteLine($"::{token}::");
        }
    }

    // The runner reads standard error beside standard output, in no certain order, so that a token is no guard there.
    // It takes :: for a command at the beginning of a line alone, and ##[ anywhere.
    private static string Inert(string text) =>
        Text.Printable(text).Replace("##[", @"##\u{5b}", StringComparison.Ordinal);

    private static string Colour(string line) =>
        line.TrimStart() is { Length: > 0 } text
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
