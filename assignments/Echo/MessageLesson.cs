using Grader.Checks;

namespace Grader.Assignments.Echo;

/// <summary>What an echo server is for (RFC 862).</summary>
internal static class MessageLesson
{
    public static readonly Check ShortMessage = new()
    {
        Id = "short-message",
        Name = "returns a short message",
        Points = 10,
        OnTheWire =
            "Sends 13 letters, digits and signs in one write, reads them back, half-closes, and expects nothing"
            + " more.",
        Teaches = "An echo server sends back the bytes that it received, no more, no fewer, no others.",
        Hint = "Send back the bytes that the receive gave you, as they are, and at once.",
        Run = bench => bench.EchoAsync(bench.Text(13)),
    };

    public static readonly Check LongMessage = new()
    {
        Id = "long-message",
        Name = "returns a message longer than a small buffer",
        Points = 10,
        OnTheWire = "Likewise with 61 bytes: more than a buffer of 16, 32 or 42 holds.",
        Teaches = "A receive gives at most as many bytes as its buffer holds; the rest waits for the next receive.",
        Hint = "Receive again until the client has said that it is done; one receive is not one message.",
        Run = bench => bench.EchoAsync(bench.Text(61)),
    };

    public static readonly Check SeveralMessages = new()
    {
        Id = "several-messages",
        Name = "answers every message on a connection",
        Points = 5,
        OnTheWire =
            "Sends messages of 40, 31, 22, 13 and 4 bytes on one connection, each after the reply to the one before.",
        Teaches = "A connection outlives a message: the server reads until end of file.",
        Hint = "Put the receive in a loop that ends only at end of file, and send as many bytes as came this time.",
        Run = bench =>
            bench.TalkAsync(async client =>
            {
                // Falling lengths: bytes of an earlier message that stay in the buffer would show.
                var messages = new[] { 40, 31, 22, 13, 4 }.Select(bench.Text).ToList();
                foreach (var message in messages)
                {
                    await client.ExchangeAsync(new EchoExchange(message));
                }

                await client.FinishAsync();
            }),
    };

    public static readonly Lesson Value = new()
    {
        Title = "A message comes back",
        RestartsQuietly = true,
        Checks = [ShortMessage, LongMessage, SeveralMessages],
    };
}
