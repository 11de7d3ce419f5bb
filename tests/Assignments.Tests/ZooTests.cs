using Grader.Reports;
using Grader.Scoring;

namespace Grader.Assignments.Tests;

internal sealed class ZooTests
{
    // Every check must be shown to matter; and most of them on their own, so that one bug costs one check.
    private const int LeastAlone = 45;

    // What may lie beside the source that tells the language.
    private static readonly string[] NoLanguages = ["", ".h", ".json", ".csproj", ".mod", ".toml"];

    private static IEnumerable<ZooServer> Right => Zoo.Right;

    private static IEnumerable<ZooServer> Wrong => Zoo.Wrong;

    [TestCaseSource(nameof(Right))]
    public async Task A_right_server_passes_everything(ZooServer server)
    {
        var report = await Zoo.GradeOnceAsync(server);

        Assert.That(
            (report.Score, report.Extra),
            Is.EqualTo((report.MaxScore, report.MaxExtra)),
            TextReport.Render(report)
        );
    }

    [TestCaseSource(nameof(Wrong))]
    public async Task A_wrong_server_fails_exactly_the_checks_that_its_bug_breaks(ZooServer server)
    {
        var report = await Zoo.GradeOnceAsync(server);

        var failed = report.Checks.Where(check => check.Outcome == Outcome.Failed).Select(check => check.Id);
        Assert.That(failed, Is.EquivalentTo(server.Fails.Except(Unavailable(server))), TextReport.Render(report));
        Assert.That(report.Outcome, Is.EqualTo(Grade.Graded));
    }

    [Test]
    public void Every_check_has_a_wrong_server_that_fails_it()
    {
        foreach (var assignment in Catalogue.All)
        {
            var failed = Zoo.Wrong.Where(server => server.Assignment == assignment).SelectMany(server => server.Fails);

            Assert.That(assignment.Checks.Select(check => check.Id), Is.EquivalentTo(failed.Distinct()));
        }
    }

    [Test]
    public void Most_checks_have_a_wrong_server_that_fails_nothing_else()
    {
        var alone = Zoo
            .Wrong.Where(server => server.Fails.Count == 1)
            .Select(server => (server.Assignment.Id, server.Fails[0]))
            .Distinct();

        Assert.That(alone.Count(), Is.GreaterThanOrEqualTo(LeastAlone));
    }

    [Test]
    public void The_zoo_has_servers_of_many_kinds()
    {
        var languages = Zoo
            .Right.SelectMany(server => Directory.GetFiles(server.Folder))
            .Select(file => Path.GetExtension(file))
            .Except(NoLanguages);

        Assert.That(Zoo.Wrong.Count(), Is.GreaterThanOrEqualTo(40));
        Assert.That(Zoo.Right.Count(), Is.GreaterThanOrEqualTo(16));
        Assert.That(languages.Count(), Is.GreaterThanOrEqualTo(8));
    }

    // In plain mode some checks cannot run: GRADER_HOST=plain dotnet test.
    private static IEnumerable<string> Unavailable(ZooServer server) =>
        server.Assignment.Checks.Where(check => check.WhyNotHere is not null).Select(check => check.Id);
}
