using System.Text;
using Grader.Checks;

namespace Grader.Assignments.Sum;

/// <summary>A newline ends a request; how TCP cuts the stream into receives says nothing (RFC 9293 2.2).</summary>
internal static class RequestsLesson
{
    private const int Several = 10;

    public static readonly Check SeveralRequests = new()
    {
        Id = "several-requests",
        Name = "answers every request on a connection",
        Points = 10,
        OnTheWire =
            "Ten requests on one connection, each after the reply to the one before, which must end with a newline.",
        Teaches = "A connection outlives a request: the server reads until end of file.",
        Hint = "Put reading and answering in a loop that ends only at end of file.",
        Run = bench =>
            bench.TalkAsync(async client =>
            {
                // With a client that half-closes, the end of the connection has sent what the server kept.
                await client.ExchangeAsync(
                    Ordinary(bench, "Answer when the newline is there, and flush what you write.")
                );
                var addition = Ordinary(bench);
                for (var request = 1; request < Several; request++)
                {
                    addition = Ordinary(bench);
                    await client.ExchangeAsync(addition);
                }

                await addition.FinishAsync(client);
            }),
    };

    public static readonly Check FragmentedRequest = new()
    {
        Id = "fragmented-request",
        Name = "answers a request that comes in pieces",
        Points = 15,
        OnTheWire =
            "Sends 12 30 and a newline byte by byte; then on another connection as 1, 2 3, and 0 with the "
            + "newline. The sum is 42 both times.",
        Teaches = "One send may arrive as many receives: a number can be cut in the middle, and so can a line.",
        Hint = "Keep what came until a newline is among it, and only then take the line apart.",
        Run = async bench =>
        {
            await TalkInPiecesAsync(bench, [.. "12 30\n".Select(character => $"{character}")]);
            await TalkInPiecesAsync(bench, ["1", "2 3", "0\n"]);
        },
    };

    public static readonly Check CoalescedRequests = new()
    {
        Id = "coalesced-requests",
        Name = "answers ten requests that come at once",
        Points = 10,
        OnTheWire = "Sends ten requests in one write, and reads ten lines, which must be the ten sums in order.",
        Teaches = "Many sends may arrive in one receive: what is behind the first newline is the next request.",
        Hint = "Answer every whole line that is there before you receive more, and keep the rest for later.",
        Run = bench =>
            bench.TalkAsync(async client =>
            {
                var additions = Enumerable.Range(0, Several).Select(_ => Ordinary(bench)).ToList();
                await client.SendAsync(additions.SelectMany(addition => addition.Request.ToArray()).ToArray());
                foreach (var addition in additions)
                {
                    await addition.ExpectAsync(client);
                }

                await additions[^1].FinishAsync(client);
            }),
    };

    public static readonly Lesson Value = new()
    {
        Title = "Requests are not packets",
        RestartsQuietly = true,
        Checks = [SeveralRequests, FragmentedRequest, CoalescedRequests],
    };

    private static Addition Ordinary(Bench bench, string? hintOnSilence = null) =>
        Addition.Ordinary(bench, needsNewline: true, hintOnSilence);

    private static Task TalkInPiecesAsync(Bench bench, IReadOnlyList<string> pieces) =>
        bench.TalkAsync(async client =>
        {
            foreach (var piece in pieces)
            {
                if (piece == pieces[^1])
                {
                    // A pause ends no request: only its newline does.
                    await client.PauseAsync();
                }

                await client.SendAsync(Encoding.ASCII.GetBytes(piece));
                await client.WaitUntilTakenAsync();
            }

            var addition = new Addition("12", "30") { NeedsNewline = true };
            await addition.ExpectAsync(client);
            await addition.FinishAsync(client);
        });
}
