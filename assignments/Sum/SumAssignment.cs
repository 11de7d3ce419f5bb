using Grader.Assignments.Shared;

namespace Grader.Assignments.Sum;

/// <summary>A server that adds two numbers a line.</summary>
public static class SumAssignment
{
    public static Assignment Value { get; } =
        new()
        {
            Id = "sum",
            Title = "Sum server",
            Stems = ["sum_server", "sum-server", "SumServer", "add_server", "server", "main"],
            Exchange = Addition.Next,
            Lessons =
            [
                StartLesson.Value,
                AddingLesson.Value,
                RequestsLesson.Value,
                RefusalLesson.Value,
                ClientsLesson.Value,
                MannersLesson.After(AddingLesson.SmallNumbers.Id),
            ],
            Misconceptions =
            [
                .. StartCauses.All,
                .. SumCauses.All,
                .. ClientsCauses.After(AddingLesson.SmallNumbers.Id),
                .. MannersCauses.All,
            ],
            Advise = SumAdvice.Of,
            Replay = SumReplay.Value,
            Conversations = SumConversations.Value,
            Explorations = [SumCauses.Patience],
        };
}
