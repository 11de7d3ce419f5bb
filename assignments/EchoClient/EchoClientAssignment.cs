using Grader.Assignments.Shared;

namespace Grader.Assignments.EchoClient;

/// <summary>A client that prints what an echo server replies to its message.</summary>
public static class EchoClientAssignment
{
    public static Assignment Value { get; } =
        new()
        {
            Id = "echo-client",
            Title = "Echo client",
            Subject = "client",
            ClientStems = ["echo_client", "echo-client", "EchoClient", "client"],
            Given = "the message",
            DefaultPort = 10_000,
            Errand = EchoErrand.Next,
            Lessons =
            [
                ClientLessons.Start,
                EchoClientLessons.Sending,
                EchoClientLessons.Printing,
                ClientLessons.End,
                ClientLessons.Trouble(LocalhostCheck.Value),
            ],
            Misconceptions = ClientCauses.All,
        };
}
