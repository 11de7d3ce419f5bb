using System.CommandLine;

namespace Grader.Commands;

/// <summary>How a number is typed, the same for every option that is one.</summary>
internal static class NumberOption
{
    public static Option<int?> Create(string name, string description, int least, int most)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            // A text that is no number has a complaint of its own.
            if (
                result.Tokens is [var token]
                && long.TryParse(token.Value, out var number)
                && (number < least || number > most)
            )
            {
                result.AddError($"{name} must be a number from {least} to {most}.");
            }
        });
        return option;
    }
}
