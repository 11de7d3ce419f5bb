using System.CommandLine;
using Grader.Commands;
using Grader.Configuration;

namespace Grader;

/// <summary>What can be typed.</summary>
internal static class CommandLine
{
    public static RootCommand Create(Screen screen) =>
        new("Grades network programming homework: starts each server, talks to it, and says what it got wrong.")
        {
            Check(screen),
            Batch(screen),
            Verify(screen),
            List(screen),
        };

    /// <summary>What is wrong: of several errors the one that names a word, or else the first.</summary>
    public static string Explain(ParseResult parsed) =>
        (
            parsed.Errors.FirstOrDefault(error => parsed.UnmatchedTokens.Any(token => error.Message.Contains(token)))
            ?? parsed.Errors[0]
        ).Message.TrimEnd('.');

    public static string HelpFor(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand
            ? "grader --help"
            : $"grader {parsed.CommandResult.Command.Name} --help";

    private static Command Check(Screen screen)
    {
        var assignment = new Argument<string>("ASSIGNMENT")
        {
            Description = "What the program is to do, for example echo.",
        };
        var folder = new Argument<string>("FOLDER")
        {
            Description = "Where the program is.",
            DefaultValueFactory = _ => ".",
        };
        var only = new Option<string[]>("--only")
        {
            Description = "Runs these checks alone, with those that they depend on.",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var verbose = new Option<bool>("--verbose") { Description = "Shows what went over the wire." };
        var command = new Command("check", "Checks the program in one folder, and says what to mend.")
        {
            assignment,
            folder,
            only,
            verbose,
        };
        command.SetAction(
            (parsed, token) =>
                CheckCommand.RunAsync(
                    screen,
                    parsed.GetRequiredValue(assignment),
                    parsed.GetRequiredValue(folder),
                    parsed.GetRequiredValue(only),
                    parsed.GetValue(verbose),
                    token
                )
        );
        return command;
    }

    private static Command Batch(Screen screen)
    {
        var config = new Option<string>("--config")
        {
            Description = "The course's configuration.",
            HelpName = "FILE",
            DefaultValueFactory = _ => CourseFile.DefaultName,
        };
        var students = Several("--student", "Grades these students alone.");
        var assignments = Several("--assignment", "Grades these assignments alone.");
        var jobs = new Option<int?>("--jobs")
        {
            Description = "How many submissions are graded at a time.",
            HelpName = "N",
        };
        jobs.Validators.Add(result =>
        {
            // A text that is no number has a complaint of its own.
            if (result.Tokens is [var token] && int.TryParse(token.Value, out var number) && number is < 1 or > 64)
            {
                result.AddError("--jobs must be a number from 1 to 64.");
            }
        });
        var command = new Command("batch", "Grades a whole class: a report for each student, and a gradebook.")
        {
            config,
            students,
            assignments,
            jobs,
        };
        command.SetAction(
            (parsed, token) =>
                BatchCommand.RunAsync(
                    screen,
                    parsed.GetRequiredValue(config),
                    parsed.GetRequiredValue(students),
                    parsed.GetRequiredValue(assignments),
                    parsed.GetValue(jobs),
                    token
                )
        );
        return command;
    }

    private static Command Verify(Screen screen)
    {
        var command = new Command("verify", "Checks that the model answers pass everything on this machine.");
        command.SetAction((_, token) => VerifyCommand.RunAsync(screen, token));
        return command;
    }

    private static Command List(Screen screen)
    {
        var assignment = new Argument<string?>("ASSIGNMENT")
        {
            Description = "One assignment; all when left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var markdown = new Option<bool>("--markdown") { Description = "Prints the table for a handout." };
        var command = new Command("list", "Lists the checks: their points, and what each teaches.")
        {
            assignment,
            markdown,
        };
        command.SetAction(parsed => ListCommand.Run(screen, parsed.GetValue(assignment), parsed.GetValue(markdown)));
        return command;
    }

    private static Option<string[]> Several(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
}
