using System.Collections.Concurrent;
using System.Diagnostics;
using Grader.Fuzzing;
using Grader.Intake;
using Grader.Reports;

namespace Grader.Assignments.Tests;

/// <summary>Random conversations go wrong with wrong servers, and with those alone.</summary>
internal sealed class FuzzTests
{
    private const int Runs = 200;
    private const int AtOnce = 16;

    // Up to hundreds of trials cut one down: one server in four in every run, the others in the long one.
    private const int Share = 4;

    // Of many kinds, in many languages, and quick to cut down.
    private static readonly string[] Found =
    [
        "echo, adds-newline",
        "echo, closes-after-one-reply",
        "echo, decodes-each-chunk",
        "echo, dies-on-empty-connection",
        "echo, ends-at-nul",
        "echo, greets-the-client",
        "echo, lower-cases",
        "echo, normalises-in-javascript",
        "echo, prints-a-slice",
        "echo, puts",
        "echo, serves-one-client",
        "echo, strips-whitespace",
        "echo, text-mode",
        "echo, writes-crlf",
        "sum, answers-pieces-of-lines",
        "sum, crashes-on-overflow",
        "sum, echoes-in-c",
        "sum, joins-in-php",
        "sum, one-line-for-all",
        "sum, one-request-in-python",
    ];

    private static IEnumerable<Assignment> Servers =>
        Catalogue.All.Where(assignment => assignment.Conversations is not null);

    private static IEnumerable<ZooServer> Some => Wrong.Where((_, index) => index % Share == 0);

    private static IEnumerable<ZooServer> Others => Wrong.Except(Some);

    private static IEnumerable<ZooServer> Wrong => Zoo.Wrong.Where(server => Found.Contains(server.ToString()));

    [Test]
    public Task No_conversation_with_a_right_server_goes_wrong() => RequireNothingAsync(runs: 5);

    [Test]
    [Category("Load")]
    public Task No_conversation_of_many_with_a_right_server_goes_wrong() => RequireNothingAsync(runs: 1000);

    [TestCaseSource(nameof(Others))]
    [Category("Load")]
    public Task Every_conversation_with_a_wrong_server_goes_wrong_and_again_by_its_script(ZooServer server) =>
        A_conversation_with_a_wrong_server_goes_wrong_and_again_by_its_script(server);

    [TestCaseSource(nameof(Some))]
    public async Task A_conversation_with_a_wrong_server_goes_wrong_and_again_by_its_script(ZooServer server)
    {
        Reproduction.RequireNetworks();
        var fuzzed = await FuzzAsync(server, seed: 1, Runs);

        Assert.That(fuzzed.Found, Is.Not.Null);
        var script = ReproductionScript.Render(server.Assignment, fuzzed.Found.Failed, fuzzed.Found.Report.Title);
        Assert.That(script, Is.Not.Null);
        await Reproduction.RequireFailureAsync(server.Assignment, server.Folder, script);
    }

    [Test]
    public void Wrong_servers_that_are_found_are_there() =>
        Assert.That(Wrong.Select(server => server.ToString()), Is.EquivalentTo(Found));

    [Test]
    public async Task What_is_found_is_cut_down_to_the_byte_that_is_too_much()
    {
        var fuzzed = await FuzzAsync(FindWrong("echo, replies-with-a-hundred-bytes"), seed: 1, Runs);

        Assert.That(fuzzed.Found?.Recurrence, Is.EqualTo(Recurrence.Always));
        Assert.That(fuzzed.Found.Left, Is.EqualTo(1));
        Assert.That(fuzzed.Found.Failed.Sent, Is.EqualTo(Enumerable.Repeat((byte)'a', 101)));
    }

    [Test]
    public async Task What_a_server_remembers_of_earlier_conversations_is_part_of_what_is_found()
    {
        var fuzzed = await FuzzAsync(FindWrong("echo, ten-clients-a-day"), seed: 1, Runs);

        Assert.That(fuzzed.Found?.Recurrence, Is.EqualTo(Recurrence.AfterOthers));
        Assert.That(fuzzed.Found.Left, Is.LessThan(fuzzed.Found.Made));
    }

    [Test]
    public async Task The_same_seed_finds_the_same()
    {
        var server = FindWrong("echo, strips-whitespace");

        var first = await FuzzAsync(server, seed: 4, Runs);
        var again = await FuzzAsync(server, first.Found!.Seed, runs: 1);

        Assert.That(again.Found!.Report.Transcript, Is.EqualTo(first.Found.Report.Transcript).And.Not.Empty);
    }

    [Test]
    public async Task A_server_for_one_client_at_a_time_is_not_tried_with_many()
    {
        var fuzzed = await FuzzAsync(FindWrong("echo, one-client-at-a-time"), seed: 1, runs: 20);

        Assert.That((fuzzed.IsSerial, fuzzed.Found), Is.EqualTo((true, default(Counterexample))));
    }

    [TestCaseSource(nameof(Servers))]
    public void Every_conversation_that_is_made_keeps_to_the_protocol(Assignment assignment)
    {
        var model = assignment.Conversations!;
        for (ulong seed = 0; seed < 2000; seed++)
        {
            var conversation = ConversationGenerator.Make(model, seed);

            Assert.That(conversation.IsValid(model), $"{seed}");
            Assert.That(conversation.OneAfterTheOther().IsValid(model), $"{seed}, one after the other");
        }
    }

    private static ZooServer FindWrong(string name) => Zoo.Wrong.Single(server => server.ToString() == name);

    // Some of them think for long before each reply, so that many wait at a time.
    private static async Task RequireNothingAsync(int runs)
    {
        var wrong = new ConcurrentQueue<string>();
        var tried = 0;
        await Parallel.ForEachAsync(
            Zoo.Right.Where(server => server.Assignment.Conversations is not null),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (server, _) =>
            {
                var watch = Stopwatch.StartNew();
                var fuzzed = await TryFuzzAsync(server, seed: 1, runs);
                await TestContext.Progress.WriteLineAsync($"{server}: {watch.Elapsed.TotalSeconds:0} s");
                Interlocked.Add(ref tried, fuzzed?.Runs == runs ? 1 : 0);
                if (fuzzed is { Found: not null } or { Flaky: > 0 })
                {
                    wrong.Enqueue(FuzzReport.Render(server.Assignment, server.ToString(), 1, fuzzed));
                }
            }
        );
        Assert.That(wrong, Is.Empty, string.Join("\n", wrong));
        // Those in Python at least, whatever else is not installed.
        Assert.That(tried, Is.GreaterThan(20));
    }

    private static async Task<Fuzzed> FuzzAsync(ZooServer server, ulong seed, int runs)
    {
        var fuzzed = await TryFuzzAsync(server, seed, runs);
        if (fuzzed is null)
        {
            Assert.Ignore("its language is not installed");
        }

        return fuzzed!;
    }

    // Null where its language is not installed.
    private static async Task<Fuzzed?> TryFuzzAsync(ZooServer server, ulong seed, int runs)
    {
        try
        {
            return await new Fuzzer(new GradingOptions(), TimeProvider.System).RunAsync(
                server.Assignment,
                new FolderSubmission(Path.GetFileName(server.Folder), server.Folder),
                seed,
                runs,
                progress: null,
                TestContext.CurrentContext.CancellationToken
            );
        }
        catch (EnvironmentException e) when (e.Message.Contains("is not installed", StringComparison.Ordinal))
        {
            return null;
        }
    }
}
