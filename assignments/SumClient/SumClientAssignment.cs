using Grader.Assignments.Shared;

namespace Grader.Assignments.SumClient;

/// <summary>A client that prints the sum that a server replies to its two numbers.</summary>
public static class SumClientAssignment
{
    public static Assignment Value { get; } =
        new()
        {
            Id = "sum-client",
            Title = "Sum client",
            Subject = "client",
            ClientStems = ["sum_client", "sum-client", "SumClient", "client"],
            Given = "the two numbers",
            DefaultPort = 50_000,
            Errand = SumErrand.Next,
            Lessons =
            [
                ClientLessons.Start,
                SumClientLessons.Sending,
                SumClientLessons.Printing,
                ClientLessons.End,
                ClientLessons.Trouble(SumClientLessons.BadArgumentsCheck),
            ],
            Misconceptions = ClientCauses.All,
        };
}
