using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Grader.Hosting;
using Grader.Launching;
using Grader.Reports;
using Grader.Sandboxing;
using Grader.Scoring;

namespace Grader.Commands;

/// <summary><c>grader doctor</c>: what this machine can do, and whether right and wrong servers are told apart on it.</summary>
internal static partial class DoctorCommand
{
    private const int AtOnce = 4;
    private const char Broken = '✘';

    /// <param name="screen">Where it is told.</param>
    /// <param name="names">The languages to try; all when empty.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <returns>3 when something that is installed does not work.</returns>
    /// <exception cref="UsageException">A language is unknown.</exception>
    public static async Task<int> RunAsync(
        Screen screen,
        IReadOnlyList<string> names,
        CancellationToken cancellationToken
    )
    {
        var languages = names.Count == 0 ? Languages.All : [.. names.Select(FindLanguage)];
        await TellOfTheMachineAsync(screen, cancellationToken);
        var models = References.Read(new GradingOptions());
        using var turns = new SemaphoreSlim(AtOnce);
        var rows = languages.Select(language => TryAsync(models, language, turns, cancellationToken)).ToList();
        var isWell = true;
        try
        {
            foreach (var (row, language) in rows.Zip(languages))
            {
                var (mark, text) = await screen.WithStatusAsync(language.Name, _ => row);
                screen.Line($"{mark} {language.Name, -7} {text}");
                isWell &= mark != Broken;
            }
        }
        finally
        {
            // Whatever ends this, no server is left behind.
            await Task.WhenAll(rows).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        return isWell ? ExitCode.Fine : ExitCode.Error;
    }

    private static Language FindLanguage(string name) =>
        Languages.All.FirstOrDefault(language => string.Equals(language.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException(
            name.StartsWith('-') ? $"option {name} is unknown" : $"language \"{name}\" is unknown",
            Suggestion.Remedy(name, Languages.All.Select(language => language.Name))
        );

    private static async Task TellOfTheMachineAsync(Screen screen, CancellationToken cancellationToken)
    {
        var (mode, reason) = Hosts.Choice;
        var network = mode switch
        {
            HostMode.OwnNetwork => "each server has its own",
            HostMode.SharedLoopback => "servers take turns on the loopback",
            _ => "servers take turns on the loopback, and nobody can look into them",
        };
        screen.Line($"network    {network}, {reason}");
        if (Exhaustion.CountAllowedFiles() is { } files)
        {
            screen.Line($"files      {Text.Count(files, "file")} may be open in a program");
        }

        var folder = Path.GetTempPath();
        var free = new DriveInfo(folder).AvailableFreeSpace >> 20;
        screen.Line(string.Create(CultureInfo.InvariantCulture, $"temporary  {folder}, {free:N0} MiB free"));
        await TellOfAsync(screen, Sandboxes.Choice, cancellationToken);
        screen.Line();
    }

    private static async Task TellOfAsync(Screen screen, SandboxChoice choice, CancellationToken cancellationToken)
    {
        screen.Line($"sandbox    {choice}");
        if (choice.Sandbox is not { } sandbox)
        {
            return;
        }

        foreach (var property in SandboxAttack.Properties)
        {
            Tell(property, !choice.Holes.Contains(property));
        }

        Tell(SandboxAttack.Memory, await Sandboxes.HoldsMemoryAsync(sandbox, cancellationToken));

        void Tell(SandboxProperty property, bool holds) =>
            screen.Line(
                $"         {(holds ? '✔' : Broken)} {property.Name, -10} {(holds ? property.Promise : property.Hole)}"
            );
    }

    private static async Task<(char Mark, string Text)> TryAsync(
        ModelAnswers models,
        Language language,
        SemaphoreSlim turns,
        CancellationToken cancellationToken
    )
    {
        if (language.FindMissing() is { } missing)
        {
            return ('-', $"not tried: {missing} is not installed");
        }

        string version;
        try
        {
            version = await InTurnAsync(() => ReadVersionAsync(language, cancellationToken));
        }
        catch (Win32Exception e)
        {
            return (Broken, $"{language.Program} cannot be started: {e.Message}");
        }

        var answers = models.All.Where(answer => answer.Language == language).ToList();
        var grading = answers.ConvertAll(answer => InTurnAsync(() => models.GradeAsync(answer, cancellationToken)));
        var finding = InTurnAsync(() => IsFoundOutAsync(answers[0], cancellationToken));
        await Task.WhenAll([.. grading, finding]);
        var graded = await Task.WhenAll(grading);
        var isFoundOut = await finding;
        var problems = graded.Select(graded => ModelAnswers.Describe(graded.Report)).OfType<string>().ToList();
        string[] told =
        [
            $"{version, -9} build {Phase(graded[0], "built", "prepared"), 6}",
            $"start {Phase(graded[0], "listening", "started"), 5}",
            .. graded.Select(graded => $"{graded.Report.Assignment} {ScoreLine.Of(graded.Report)}"),
            .. problems.Select(Text.Printable),
            isFoundOut ? "a wrong server is found out" : "a wrong server is not found out",
        ];
        return (isFoundOut && problems.Count == 0 ? '✔' : Broken, string.Join("; ", told));

        async Task<T> InTurnAsync<T>(Func<Task<T>> work)
        {
            await turns.WaitAsync(cancellationToken);
            try
            {
                return await work();
            }
            finally
            {
                turns.Release();
            }
        }
    }

    private static async Task<bool> IsFoundOutAsync(ModelAnswer answer, CancellationToken cancellationToken)
    {
        var graded = await new SubmissionGrader(new GradingOptions(), TimeProvider.System).GradeAsync(
            answer.Assignment,
            References.FindWrong(answer),
            new HashSet<string> { References.WrongFails },
            begins: null,
            cancellationToken
        );
        return graded.Report.Outcome == Grade.Graded
            && graded.Report.Checks.All(check =>
                check.Outcome == (check.Id == References.WrongFails ? Outcome.Failed : Outcome.Passed)
            );
    }

    private static async Task<string> ReadVersionAsync(Language language, CancellationToken cancellationToken)
    {
        using var output = new MemoryStream();
        var pipe = PipeTarget.Create((stream, token) => stream.CopyToAsync(output, token));
        await Cli.Wrap(language.Program)
            .WithArguments(language.VersionArguments)
            .WithStandardInputPipe(
                PipeSource.Create(
                    async (stdin, token) =>
                        await stdin.WriteAsync(Encoding.ASCII.GetBytes(language.VersionInput), token)
                )
            )
            .WithStandardOutputPipe(pipe)
            .ExecuteAsync(cancellationToken)
            .Task;
        return Version().Match(Encoding.UTF8.GetString(output.ToArray())).Value;
    }

    private static string Phase(Graded graded, string until, string since) =>
        graded.Timings.TryGetValue(until, out var end) && graded.Timings.TryGetValue(since, out var begin)
            ? string.Create(CultureInfo.InvariantCulture, $"{end - begin:0.0} s")
            : "-";

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)+")]
    private static partial Regex Version();
}
