using System.Text.RegularExpressions;
using Grader.Configuration;

namespace Grader.Commands;

/// <summary>What a message tells to type.</summary>
internal static partial class Typed
{
    /// <summary>A command for the same course.</summary>
    public static string Command(string name, string config) =>
        config == CourseFile.DefaultName ? $"grader {name}" : $"grader {name} --config {Word(config)}";

    /// <summary>A word as a shell reads it back.</summary>
    public static string Word(string word) =>
        Text.Printable(Plain().IsMatch(word) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'");

    [GeneratedRegex(@"\A[\w./@:+-]+\z")]
    private static partial Regex Plain();
}
