using Grader.Assignments.EchoClient;
using Grader.Assignments.Shared;
using Grader.Checks;

namespace Grader.Assignments.EchoPair;

/// <summary>An echo server and a client by the same hand, as a course's own tests run them.</summary>
public static class EchoPairAssignment
{
    // More than most buffers hold, and less than what the two must read while they write.
    private const int Long = 20_000;

    private static readonly Check LongMessage = new()
    {
        Id = "long-message",
        Name = "returns and prints a long message",
        Points = 15,
        OnTheWire = "Runs the client with a message of 20,000 bytes: all of it stands on standard output.",
        Teaches = "A long message arrives in pieces, on its way to the server and on its way back.",
        Hint = "Both sides need a loop: until all is sent, and until all has come.",
        After = PairLessons.Works.Id,
        Run = bench => bench.ExpectTogetherAsync(EchoErrand.OfLength(bench, Long, isTrue: true)),
    };

    private static readonly Check Unicode = new()
    {
        Id = "unicode",
        Name = "returns and prints text of many scripts",
        Points = 10,
        OnTheWire = $"Runs the client with \"{EchoErrand.ManyScripts}\".",
        Teaches = "Text becomes bytes by an encoding, and both sides must mean the same (RFC 3629).",
        Hint = "Encode and decode as UTF-8 in the client; the server need not know what the bytes mean.",
        After = PairLessons.Works.Id,
        Run = bench => bench.ExpectTogetherAsync(new EchoErrand(EchoErrand.ManyScripts)),
    };

    public static Assignment Value { get; } =
        new()
        {
            Id = "echo-pair",
            Title = "Echo server and client together",
            Subject = "pair",
            Stems = Echo.EchoAssignment.Value.Stems,
            ClientStems = EchoClientAssignment.Value.ClientStems,
            Given = EchoClientAssignment.Value.Given,
            DefaultPort = EchoClientAssignment.Value.DefaultPort,
            Errand = EchoErrand.Next,
            Lessons = [PairLessons.Together(LongMessage, Unicode)],
            Misconceptions = PairCauses.All,
        };
}
