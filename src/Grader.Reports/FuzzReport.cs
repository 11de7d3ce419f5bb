using System.Globalization;
using System.Text;
using Grader.Checks;
using Grader.Fuzzing;
using Grader.Scoring;

namespace Grader.Reports;

/// <summary>What random conversations came to, as a student reads it at home.</summary>
public static class FuzzReport
{
    /// <param name="assignment">What the server was written for.</param>
    /// <param name="student">Whose it is.</param>
    /// <param name="seed">Of the first conversation.</param>
    /// <param name="fuzzed">What they came to.</param>
    public static string Render(Assignment assignment, string student, ulong seed, Fuzzed fuzzed)
    {
        var text = new StringBuilder(
            $"{Text.Printable(student)}, {assignment.Id}: {Text.Count(fuzzed.Runs, "random conversation")} from seed {Tell(seed)}\n"
        );
        text.Append($"started as {Text.Printable(fuzzed.Recipe)}\n");
        if (fuzzed.IsSerial)
        {
            text.Append(
                "The server serves fewer clients at a time than a conversation may have: they came one after the other.\n"
            );
        }

        if (fuzzed.Flaky > 0)
        {
            text.Append($"{Text.Count(fuzzed.Flaky, "conversation")} failed by a stall, and passed when had again.\n");
        }

        text.Append(fuzzed.Found is { } found ? Describe(assignment, seed, found) : "\n  ✔ all went right\n");
        return text.ToString();
    }

    /// <summary>Likewise, where there could be none.</summary>
    public static string RenderStart(Assignment assignment, string student, Failure failure)
    {
        var text = new StringBuilder(
            $"{Text.Printable(student)}, {assignment.Id}: no conversation\n\n  ✘ does not start\n"
        );
        var check = assignment.Checks.First();
        var shown = new CheckReport
        {
            Id = check.Id,
            Lesson = "",
            Title = check.Name,
            Outcome = Outcome.Failed,
        }.Showing(failure, []);
        return text.AppendIndented(
                FailureLines.Evidence(shown).Concat(FailureLines.Block("hint", [failure.ChooseHint(check.Hint)]))
            )
            .ToString();
    }

    private static string Describe(Assignment assignment, ulong seed, Counterexample found)
    {
        var text = new StringBuilder($"\n  ✘ the conversation of seed {Tell(found.Seed)} goes wrong{Explain(found)}\n");
        var again =
            found.Recurrence == Recurrence.Always
                ? $"--seed {Tell(found.Seed)} --runs 1"
                : $"--seed {Tell(seed)} --runs {Tell(found.Seed - seed + 1)}";
        return text.AppendIndented(
                FailureLines
                    .Evidence(found.Report)
                    .Concat(FailureLines.Block("again", [$"grader fuzz {assignment.Id} . {again}"]))
            )
            .ToString();
    }

    private static string Explain(Counterexample found) =>
        found.Recurrence switch
        {
            Recurrence.ByChance => " now and then, and not when it was had again"
                + (found.Failed.Failure.IsByTime ? "" : ": the server races with itself"),
            _ when found.Left < found.Made =>
                $": {found.Left} of {Text.Count(found.Made, "move")} {(found.Left == 1 ? "is" : "are")} enough"
                    + (found.Recurrence == Recurrence.AfterOthers ? ", some of earlier conversations" : ""),
            _ => "",
        };

    private static string Tell(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
