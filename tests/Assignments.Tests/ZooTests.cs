using Grader.Reports;
using Grader.Scoring;

namespace Grader.Assignments.Tests;

internal sealed class ZooTests
{
    // Every check must be shown to matter; and most of them on their own, so that one bug costs one check.
    private const int LeastAlone = 45;

    // What may lie beside the source that tells the language.
    private static readonly string[] NoLanguages = ["", ".h", ".json", ".csproj", ".mod", ".toml"];

    private static readonly string[] Unseen = ["closes-connection", "sends-all", "ipv6-localhost"];

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

        Assert.That(
            FindFailed(server, report),
            Is.EquivalentTo(server.Fails.Except(Unavailable(server))),
            TextReport.Render(report)
        );
        Assert.That(report.Outcome, Is.EqualTo(Grade.Graded));
    }

    [TestCaseSource(nameof(Wrong))]
    public async Task A_report_names_the_misconceptions_behind_a_wrong_server(ZooServer server)
    {
        if (Hosting.Hosts.Mode == Hosting.HostMode.Plain)
        {
            Assert.Ignore("plain mode skips checks that causes are told apart by");
        }

        var report = await Zoo.GradeOnceAsync(server);

        Assert.That(report.Causes.Select(cause => cause.Id), Is.EquivalentTo(server.Causes), TextReport.Render(report));
    }

    [TestCaseSource(typeof(Catalogue), nameof(Catalogue.All))]
    public void Every_misconception_has_two_wrong_servers(Assignment assignment)
    {
        var servers = Zoo.Wrong.SelectMany(server => server.Causes).CountBy(cause => cause).ToDictionary();

        var rare = assignment.Misconceptions.Where(cause => servers.GetValueOrDefault(cause.Id) < 2);
        Assert.That(rare.Select(cause => cause.Id), Is.Empty);
    }

    // Prints the whole zoo; what was graded for the tests above is not graded again.
    [Test]
    [NonParallelizable]
    [Order(int.MaxValue)]
    public async Task The_whole_zoo()
    {
        var isPlain = Hosting.Hosts.Mode == Hosting.HostMode.Plain;
        var (caught, cleared, named) = (0, 0, 0);
        foreach (var server in Zoo.Wrong.Concat(Zoo.Right))
        {
            var report = await Zoo.GradeOnceAsync(server);
            var failed = FindFailed(server, report);
            var expected = server.Fails.Except(Unavailable(server)).ToHashSet();
            var isWrong = server.Fails.Count > 0;
            var isAsExpected = expected.SetEquals(failed);
            var isNamed = isPlain || server.Causes.ToHashSet().SetEquals(report.Causes.Select(cause => cause.Id));
            caught += isWrong && isAsExpected ? 1 : 0;
            cleared += !isWrong && isAsExpected && report.Causes.Count == 0 ? 1 : 0;
            named += isWrong && isNamed ? 1 : 0;
            TestContext.Out.WriteLine(
                $"{server, -52} {Tell("failed", expected.Count, failed.Count())} {(isAsExpected ? " " : "!")}  "
                    + $"{string.Join(' ', server.Causes)} / {string.Join(' ', report.Causes.Select(cause => cause.Id))}"
                    + (isNamed ? "" : " !")
            );
        }

        var (wrong, right) = (Zoo.Wrong.Count(), Zoo.Right.Count());
        TestContext.Out.WriteLine(
            $"{caught} of {wrong} wrong servers caught, {cleared} of {right} right servers cleared, causes named of {named} of {wrong}"
        );
        Assert.That((caught, cleared, named), Is.EqualTo((wrong, right, wrong)));
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

        Assert.That(Zoo.Wrong.Count(), Is.GreaterThanOrEqualTo(60));
        Assert.That(Zoo.Right.Count(), Is.GreaterThanOrEqualTo(20));
        Assert.That(languages.Count(), Is.GreaterThanOrEqualTo(8));
    }

    private static string Tell(string what, int expected, int found) => $"{what} {expected, 2} / {found, 2}";

    // In plain mode what a client does is not always seen, and the machine's localhost may have IPv4 alone: these need not fail.
    private static IEnumerable<string> FindFailed(ZooServer server, Report report) =>
        Zoo.FindFailed(report)
            .Union(Hosting.Hosts.Mode == Hosting.HostMode.Plain ? server.Fails.Intersect(Unseen) : []);

    // In plain mode some checks cannot run: GRADER_HOST=plain dotnet test.
    private static IEnumerable<string> Unavailable(ZooServer server) =>
        server.Assignment.Checks.Where(check => check.WhyNotHere is not null).Select(check => check.Id);
}
