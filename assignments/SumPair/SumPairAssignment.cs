using Grader.Assignments.Shared;
using Grader.Assignments.SumClient;
using Grader.Checks;

namespace Grader.Assignments.SumPair;

/// <summary>A sum server and a client by the same hand, as a course's own tests run them.</summary>
public static class SumPairAssignment
{
    private static readonly Check LargeAndNegative = new()
    {
        Id = "large-and-negative",
        Name = "adds and prints large and negative numbers",
        Points = 15,
        OnTheWire = "Runs the client with -17 and 5, and then with 12345678901 and 98765432109.",
        Teaches = "What passes through two programs keeps its sign and its digits only if both keep them.",
        Hint = "See where text becomes a number, and how many bits that number has.",
        After = PairLessons.Works.Id,
        Run = async bench =>
        {
            await bench.ExpectTogetherAsync(new SumErrand("-17", "5"));
            await bench.ExpectTogetherAsync(new SumErrand("12345678901", "98765432109"));
        },
    };

    private static readonly Check Decimals = new()
    {
        Id = "decimals",
        Name = "adds and prints decimal numbers",
        Points = 10,
        OnTheWire = "Runs the client with 1.5 and 2.25.",
        Teaches = "A number with a point is no whole number: both sides must know it.",
        Hint = "Use a type for decimal numbers where the text of the request becomes numbers.",
        After = PairLessons.Works.Id,
        Run = bench => bench.ExpectTogetherAsync(new SumErrand("1.5", "2.25")),
    };

    public static Assignment Value { get; } =
        new()
        {
            Id = "sum-pair",
            Title = "Sum server and client together",
            Subject = "pair",
            Stems = Sum.SumAssignment.Value.Stems,
            ClientStems = SumClientAssignment.Value.ClientStems,
            Given = SumClientAssignment.Value.Given,
            DefaultPort = SumClientAssignment.Value.DefaultPort,
            Errand = SumErrand.Next,
            Lessons = [PairLessons.Together(LargeAndNegative, Decimals)],
            Misconceptions = PairCauses.All,
        };
}
