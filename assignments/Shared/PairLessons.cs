using Grader.Checks;

namespace Grader.Assignments.Shared;

/// <summary>What a client and a server by the same hand do together.</summary>
internal static class PairLessons
{
    private const int Rounds = 10;

    public static readonly Check Works = new()
    {
        Id = "works",
        Name = "gets three requests answered and printed",
        Points = 40,
        OnTheWire =
            "Starts the server, and runs the client three times against it: each time the right reply stands on standard"
            + " output. What the two say goes through a relay.",
        Teaches = "Client and server are two halves of one protocol: each sends what the other waits for.",
        Hint =
            "Start your server, run your client by hand, and compare what the one sends with what the other expects.",
        Run = bench => bench.ExpectAllToldAsync(3),
    };

    public static readonly Check Again = new()
    {
        Id = "again",
        Name = "does so ten times in turn",
        Points = 20,
        OnTheWire = "Runs the client ten times, one after the other, against the same server.",
        Teaches = "A listening socket gives a new connection for every client, for as long as the server runs.",
        Hint = "Accept in a loop, and see that each client leaves the connection in good order.",
        After = "works",
        Run = bench => bench.ExpectAllToldAsync(Rounds),
    };

    public static readonly Check TwoAtOnce = new()
    {
        Id = "two-at-once",
        Name = "serves two clients that run at the same time",
        Points = 15,
        OnTheWire = "Runs the client twice at the same time: each prints its own reply.",
        Teaches = "Clients wait in the queue of the listening socket until the server accepts them.",
        Hint = "See that what the server remembers of one client is not mixed up with another's.",
        After = "works",
        RunsTogether = true,
        Run = async bench =>
        {
            var runs = await bench.RunPairsTogetherAsync(
                bench.NextErrand(isTrue: true),
                bench.NextErrand(isTrue: true)
            );
            List<ClientRun> failed = [.. runs.Where(run => !run.IsTold)];
            if (failed.Count > 0)
            {
                throw ClientRun.FailOfSeveral(
                    "the right reply from each of two clients that run at the same time",
                    failed
                );
            }
        },
    };

    public static Lesson Together(params Check[] more) =>
        new() { Title = "Client and server together", Checks = [Works, Again, .. more, TwoAtOnce] };

    public static async Task ExpectTogetherAsync(this Bench bench, Errand errand) =>
        (await bench.RunPairAsync(errand)).ExpectTold();

    private static async Task ExpectAllToldAsync(this Bench bench, int times)
    {
        for (var time = 0; time < times; time++)
        {
            await bench.ExpectTogetherAsync(bench.NextErrand(isTrue: true));
        }
    }
}
