using Grader.Checks;
using Grader.Clients;
using Grader.Hosting;
using Grader.Transcripts;

namespace Grader.Diagnosis;

/// <summary>Runs an assignment's explorations against a submission that failed.</summary>
internal sealed class Explorer(Assignment assignment, Limits limits, FairClock clock, TimeProvider time)
{
    // In bytes, of each step: more than any exploration sends.
    private const int Most = 32_768;

    /// <returns>What was heard, by exploration; without those that the server did not take part in.</returns>
    public async Task<IReadOnlyDictionary<string, Explored>> RunAsync(Stage stage, CancellationToken cancellationToken)
    {
        var explored = new Dictionary<string, Explored>();
        foreach (var exploration in assignment.Explorations)
        {
            try
            {
                // What an earlier client left behind is no part of it.
                await stage.StartAsync();
                explored[exploration.Id] = await RunAsync(stage, exploration, cancellationToken);
            }
            catch (CheckFailedException)
            {
                // The server does not start again, or takes no client: other evidence must do.
            }
        }

        return explored;
    }

    private async Task<Explored> RunAsync(Stage stage, Exploration exploration, CancellationToken cancellationToken)
    {
        await using var watch = new Watch(() => stage.Server, limits, clock, time, cancellationToken);
        await using var bench = new Bench(stage, watch, new Transcript(time), assignment, exploration.Id);
        await using var client = await bench.ConnectAsync();
        // One that has never answered is not one that thinks before it does.
        var isPatient = stage.HasEverServed;
        var heard = new List<byte[]> { await client.ListenAsync(Most) };
        foreach (var message in exploration.Messages.TakeWhile(_ => client.Ending == Ending.None))
        {
            await client.SendAsync(message);
            heard.Add(await client.ListenAsync(Most, isPatient));
        }

        if (client.Ending != Ending.None)
        {
            return new Explored(heard, heard.Count - 1);
        }

        client.HalfClose();
        heard.Add(await client.ListenAsync(Most, isPatient));
        return new Explored(heard, client.Ending == Ending.None ? null : heard.Count - 1);
    }
}
