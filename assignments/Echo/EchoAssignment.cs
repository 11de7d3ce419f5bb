using Grader.Assignments.Shared;

namespace Grader.Assignments.Echo;

/// <summary>A server that returns exactly what it receives (RFC 862).</summary>
public static class EchoAssignment
{
    public static Assignment Value { get; } =
        new()
        {
            Id = "echo",
            Title = "Echo server",
            Stems = ["echo_server", "echo-server", "EchoServer", "server", "main"],
            Exchange = EchoExchange.Next,
            Lessons =
            [
                StartLesson.Value,
                MessageLesson.Value,
                StreamLesson.Value,
                BytesLesson.Value,
                SizeLesson.Value,
                ClientsLesson.Value,
                MannersLesson.After(MessageLesson.ShortMessage.Id),
            ],
            Misconceptions =
            [
                .. StartCauses.All,
                .. ReceiveCauses.All,
                .. BytesCauses.All,
                .. ReplyCauses.All,
                .. ClientsCauses.After(MessageLesson.ShortMessage.Id),
                .. MannersCauses.All,
                SizeCauses.HoardsMemory,
            ],
            Replay = EchoReplay.Value,
            Conversations = EchoConversations.Value,
            Explorations = [ReceiveCauses.Patience, ReceiveCauses.FullBuffer],
        };
}
