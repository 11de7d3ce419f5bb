using Grader.Reports;

namespace Grader.Assignments.Tests;

/// <summary>The scripts that are handed out show the failure with the server that failed, and none with a right one.</summary>
internal sealed class ReproductionTests
{
    private const int MostLines = 40;

    private static readonly string[] Unseen =
    [
        "starts",
        "bounded-memory",
        "closes-connections",
        "idles-quietly",
        "stops-on-interrupt",
        "restarts-on-its-port",
    ];

    // Each script waits for a silence or two: one in 32 in every run, the others in the long one.
    private const int Share = 32;

    private static IEnumerable<ZooServer> Servers => Zoo.Wrong.Where(server => server.Assignment.Replay is not null);

    private static IEnumerable<ZooServer> Some => Servers.Where((_, index) => index % Share == 0);

    private static IEnumerable<ZooServer> Others => Servers.Except(Some);

    [TestCaseSource(nameof(Others))]
    [Category("Load")]
    public Task Every_script_fails_with_the_wrong_server_and_not_with_the_reference(ZooServer server) =>
        A_script_fails_with_the_wrong_server_and_not_with_the_reference(server);

    [TestCaseSource(nameof(Some))]
    public async Task A_script_fails_with_the_wrong_server_and_not_with_the_reference(ZooServer server)
    {
        Reproduction.RequireNetworks();
        var graded = await Zoo.GradeWholeOnceAsync(server);
        var scripts = ReproductionScript.RenderAll(server.Assignment, graded.Failed);
        if (
            graded.Failed.Select(failed => scripts.GetValueOrDefault(failed.Check)).OfType<string>().FirstOrDefault()
            is not { } script
        )
        {
            // What fails cannot be seen over a connection.
            Assert.That(server.Fails, Is.SubsetOf(Unseen));
            return;
        }

        await Reproduction.RequireFailureAsync(server.Assignment, server.Folder, script);
        Assert.That(script.Split('\n').Count(line => line.Length > 0), Is.LessThanOrEqualTo(MostLines), script);
    }
}
