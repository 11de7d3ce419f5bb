using System.CommandLine;
using System.CommandLine.Help;
using System.Text.RegularExpressions;
using Grader.Batch;
using Grader.Commands;
using Grader.Configuration;
using Grader.Reports;

namespace Grader;

/// <summary>What can be typed.</summary>
internal static partial class CommandLine
{
    public static RootCommand Create(Screen screen)
    {
        var root = new RootCommand(
            "Grades network programming homework: starts each server, talks to it, and says what it got wrong."
        )
        {
            Check(screen),
            Fuzz(screen),
            Batch(screen),
            Score(screen),
            Doctor(screen),
            List(screen),
            Explain(screen),
            Schema(screen),
        };
        if (!Screen.IsLive && root.Options.OfType<HelpOption>().Single().Action is HelpAction help)
        {
            // Help would be wrapped on the terminal of a CI job.
            help.MaxWidth = int.MaxValue;
        }

        return root;
    }

    /// <summary>What is wrong, and what helps, in one line.</summary>
    public static string Explain(ParseResult parsed)
    {
        if (parsed is { CommandResult.Command: RootCommand root, UnmatchedTokens: [var word, ..] } && word[0] != '-')
        {
            return new UsageException(
                $"command \"{word}\" is unknown",
                Suggestion.Remedy(word, root.Subcommands.Select(command => command.Name))
            ).Message;
        }

        // Of several errors the one that names a word, or else the first.
        var error =
            parsed.Errors.FirstOrDefault(error => parsed.UnmatchedTokens.Any(token => error.Message.Contains(token)))
            ?? parsed.Errors[0];
        var what = Mistyped().Match(error.Message) is { Success: true } mistyped
            ? $"{mistyped.Groups["option"]} {mistyped.Groups["value"]}: that is no number"
            : error.Message.TrimEnd('.');
        var help =
            parsed.CommandResult.Command is RootCommand
                ? "grader --help"
                : $"grader {parsed.CommandResult.Command.Name} --help";
        return $"{what}. See {help}.";
    }

    private static Command Check(Screen screen)
    {
        var (assignment, folder) = Words();
        var only = new Option<string[]>("--only")
        {
            Description = "Runs these checks alone, with those that they depend on.",
            HelpName = "ID",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };
        var verbose = new Option<bool>("--verbose") { Description = "Shows what went over the wire." };
        var reproduce = Reproduce();
        var pcap = new Option<string?>("--pcap")
        {
            Description = "Writes every packet to a file for Wireshark or tcpdump -r.",
            HelpName = "FILE",
        };
        var command = new Command("check", "Checks the program in one folder, and says what to mend.")
        {
            assignment,
            folder,
            only,
            verbose,
            reproduce,
            pcap,
        };
        var run = new RunOptionSet(command);
        command.SetAction(
            (parsed, token) =>
            {
                // As in `--only unicode echo my-folder`: behind the checks comes what they are to be run on.
                var ids = parsed.GetRequiredValue(only).TakeWhile(word => !Target.IsNamedBy(word)).ToList();
                var reports = run.ReportsOf(parsed).TakeWhile(word => !IsTarget(word)).ToList();
                var behind = parsed
                    .GetRequiredValue(only)
                    .Skip(ids.Count)
                    .Concat(run.ReportsOf(parsed).Skip(reports.Count));
                return CheckCommand.RunAsync(
                    screen,
                    Read(parsed, assignment, folder, behind),
                    ids,
                    parsed.GetValue(verbose),
                    new ScriptFolder(parsed.GetValue(reproduce)),
                    parsed.GetValue(pcap),
                    run.Read(parsed, reports),
                    token
                );
            }
        );
        return command;
    }

    private static Command Fuzz(Screen screen)
    {
        var (assignment, folder) = Words();
        var seed = NumberOption.Create(
            "--seed",
            "Has the same conversations again; one by chance when left out.",
            0,
            int.MaxValue
        );
        var runs = NumberOption.Create("--runs", "How many conversations at most.", 1, 1_000_000);
        runs.DefaultValueFactory = _ => 200;
        var reproduce = Reproduce();
        var command = new Command(
            "fuzz",
            "Has random conversations with the server in one folder, until one goes wrong."
        )
        {
            assignment,
            folder,
            seed,
            runs,
            reproduce,
        };
        command.SetAction(
            (parsed, token) =>
                FuzzCommand.RunAsync(
                    screen,
                    Read(parsed, assignment, folder),
                    (ulong?)parsed.GetValue(seed),
                    parsed.GetValue(runs)!.Value,
                    new ScriptFolder(parsed.GetValue(reproduce)),
                    token
                )
        );
        return command;
    }

    private static Command Batch(Screen screen)
    {
        var config = Config();
        var students = Several("--student", "Grades these students alone, changed or not.");
        var assignments = Several("--assignment", "Grades these assignments alone, changed or not.");
        var again = new Option<bool>("--again")
        {
            Description = "Grades anew what has not changed since it was graded.",
        };
        var jobs = NumberOption.Create("--jobs", "How many submissions are graded at a time.", 1, Course.MostJobs);
        var command = new Command("batch", "Grades a whole class: a report for each student, and a gradebook.")
        {
            config,
            students,
            assignments,
            again,
            jobs,
        };
        var run = new RunOptionSet(command);
        command.SetAction(
            (parsed, token) =>
                BatchCommand.RunAsync(
                    screen,
                    parsed.GetRequiredValue(config),
                    new BatchChoice(
                        parsed.GetRequiredValue(students),
                        parsed.GetRequiredValue(assignments),
                        parsed.GetValue(again)
                    ),
                    parsed.GetValue(jobs),
                    run.Read(parsed, run.ReportsOf(parsed)),
                    token
                )
        );
        return command;
    }

    private static Command Score(Screen screen)
    {
        var config = Config();
        var command = new Command("score", "Gives stored results the points of now, and starts nothing.") { config };
        command.SetAction(parsed => ScoreCommand.Run(screen, parsed.GetRequiredValue(config)));
        return command;
    }

    private static Command Doctor(Screen screen)
    {
        var languages = new Argument<string[]>("LANGUAGE")
        {
            Description = "A language, for example Python; all when left out.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("doctor", "Says what this machine can do, and tries right and wrong servers on it.")
        {
            languages,
        };
        command.SetAction((parsed, token) => DoctorCommand.RunAsync(screen, parsed.GetValue(languages) ?? [], token));
        return command;
    }

    private static Command Explain(Screen screen)
    {
        var check = new Argument<string>("CHECK")
        {
            Description = "Its name, as it stands in a report; a cause's name does as well.",
        };
        var assignment = new Argument<string?>("ASSIGNMENT")
        {
            Description = "Its assignment; every one that has such a check when left out.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command(
            "explain",
            "Explains a check: what it does, what it teaches, a right and a wrong example; or a cause."
        )
        {
            check,
            assignment,
        };
        command.SetAction(parsed =>
            ExplainCommand.Run(screen, parsed.GetRequiredValue(check), parsed.GetValue(assignment))
        );
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

    private static Command Schema(Screen screen)
    {
        var command = new Command("schema", "Prints the JSON schema of grading.json, for editors.");
        command.SetAction(_ => SchemaCommand.Run(screen));
        return command;
    }

    private static (Argument<string?> Assignment, Argument<string?> Folder) Words() =>
        (
            new("ASSIGNMENT")
            {
                Description = "What the program is to do, for example echo; when left out, the file names tell.",
                Arity = ArgumentArity.ZeroOrOne,
            },
            new("FOLDER") { Description = "Where the program is; here when left out.", Arity = ArgumentArity.ZeroOrOne }
        );

    private static Target Read(
        ParseResult parsed,
        Argument<string?> assignment,
        Argument<string?> folder,
        IEnumerable<string>? more = null
    ) =>
        Target.Read(
            parsed.CommandResult.Command.Name,
            [.. new[] { parsed.GetValue(assignment), parsed.GetValue(folder) }.OfType<string>(), .. more ?? []]
        );

    private static Option<string?> Reproduce() =>
        new("--reproduce")
        {
            Description = "Writes a Python script for each failure, which shows it again.",
            HelpName = "FOLDER",
        };

    private static Option<string> Config() =>
        new("--config")
        {
            Description = "The course's configuration.",
            HelpName = "FILE",
            DefaultValueFactory = _ => CourseFile.DefaultName,
        };

    private static Option<string[]> Several(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "NAME",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };

    // As in `--report github echo my-folder`, where a folder may have a format's name.
    private static bool IsTarget(string word) => !ReportTarget.IsNamedBy(word) && Target.IsNamedBy(word);

    [GeneratedRegex("^Cannot parse argument '(?<value>.*)' for option '(?<option>.*)' as expected type ")]
    private static partial Regex Mistyped();
}
