using System.Text.RegularExpressions;
using System.Xml.Linq;
using Grader.Reports;
using Grader.Sandboxing;
using Grader.Tests.Support;

namespace Grader.Tests.Sandboxing;

/// <summary>None of what strangers' programs attempt hurts the machine, another submission, or the record.</summary>
[Category("Hostile")]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Parallelizable(ParallelScope.Self)]
[TestFixture(true, TestName = "As root")]
[TestFixture(false, TestName = "As an ordinary user")]
internal sealed partial class HostileTests(bool asRoot)
{
    private const string AllPoints = ": 100 of 100 points";

    /// <summary>What the report of each says; of the others it is enough that they have one.</summary>
    private static readonly Dictionary<string, string> Said = new()
    {
        ["burns-every-core"] = ": (100|99) of 100 points",
        ["dumps-core"] = AllPoints,
        ["fills-every-folder"] = AllPoints,
        ["forks-without-end"] = "was ended by the grader: it had more than",
        ["ignores-signals"] = AllPoints,
        ["kills-everything"] = AllPoints,
        ["leaves-a-daemon"] = AllPoints,
        ["lists-processes"] = AllPoints,
        ["listens-on-500-ports"] = AllPoints,
        ["makes-300000-files"] = "was ended by the grader: it had more than 50,000 files",
        ["makes-namespaces"] = AllPoints,
        ["opens-100000-files"] = AllPoints,
        ["reaches-out"] = AllPoints,
        ["reads-secrets"] = AllPoints,
        ["speaks-in-tongues"] = "exited with code 3",
        ["takes-8-gib"] = "was ended by the grader: it had more than 512 MB of memory",
        ["takes-8-gib-in-children"] = "was ended by the grader: it had more than 512 MB of memory",
        ["threads-without-end"] =
            "(?s)was ended by the grader: it had more than [0-9,]+ processes and threads.* hint +Look for a loop",
        ["writes-everywhere"] = AllPoints,
        ["writes-without-end"] = " of 100 points",
        ["replies-in-drops"] = " of 100 points",
        ["replies-in-tongues"] = " of 100 points",
        ["replies-without-end"] = " of 100 points",
        ["links-outside"] = "the link passwords leaves the folder",
        ["has-a-pipe"] = AllPoints,
        ["has-a-device"] = AllPoints,
        ["has-100000-files"] = "more than 20,000 files",
        ["has-10-gib-of-nothing"] = "more than 256 MiB",
        ["has-strange-names"] = AllPoints,
        ["=HYPERLINK(1,2)"] = AllPoints,
        ["con"] = AllPoints,
        ["@SUM(A1)<b>"] = AllPoints,
        ["makefile-attacks"] = AllPoints,
        ["csproj-attacks"] = AllPoints,
        ["package-json-attacks"] = AllPoints,
        ["includes-dev-zero"] = "a program that builds",
        ["builds-without-end"] = "was ended by the grader: it had more than",
        ["recipe-of-30-mb"] = "submission.json",
        ["recipe-without-bottom"] = "submission.json",
        ["recipe-of-wrong-types"] = "submission.json",
        ["recipe-removes-everything"] = "rm",
    };

    private HostileClass _class = null!;

    public static IEnumerable<string> Students => Said.Keys;

    [OneTimeSetUp]
    public async Task Grade()
    {
        Machine.RequireOwnNetworks();
        Machine.RequirePython();
        Machine.RequireRoot();
        if (!Sandboxes.Choice.IsWhole)
        {
            Assert.Ignore($"The sandbox of this machine: {Sandboxes.Choice}.");
        }

        _class = new HostileClass(asRoot);
        await _class.GradeAsync();
    }

    [OneTimeTearDown]
    public void Clean() => _class?.Dispose();

    [Test]
    public void Every_attack_of_the_zoo_is_expected_here() =>
        Assert.That(HostileClass.Attacks.Concat(HostileClass.Servers), Is.SubsetOf(Said.Keys));

    [Test]
    public void The_batch_comes_to_its_end()
    {
        Assert.That(_class.Run.ExitCode, Is.AnyOf(0, 3), _class.Run.Stdout + _class.Run.Stderr);
        Assert.That(_class.Run.Stdout, Does.Contain("\nGradebook: "));
    }

    [TestCaseSource(nameof(Students))]
    public void Each_is_graded_or_refused_by_name(string student)
    {
        Assert.That(_class.ReadReport(student), Does.Match(Said[student]));
        Assert.That(_class.ReadReport(student), Does.Not.Contain("a fault of the grader"));
    }

    [TestCaseSource(nameof(Students))]
    public void None_escapes(string student)
    {
        var log = _class.ReadLog(student);

        Assert.That(log, Does.Not.Contain("ESCAPED"));
        if (HostileClass.Attacks.Contains(student))
        {
            Assert.That(log, Does.Contain("err | attacks\n"), "it did not even try");
        }
    }

    [Test]
    public void Everybody_of_the_roster_is_in_the_gradebook()
    {
        var book = File.ReadAllText(_class["reports/grades.csv"]);

        Assert.That(HostileClass.Missing.Where(name => !book.Contains(name, StringComparison.Ordinal)), Is.Empty, book);
    }

    [Test]
    public void What_is_kept_of_output_has_an_end()
    {
        var logs = Directory.GetFiles(_class["reports"], "server.log", SearchOption.AllDirectories);

        Assert.That(logs.Select(path => new FileInfo(path).Length), Is.All.LessThan(1_100_000));
        Assert.That(_class.ReadLog("writes-without-end"), Does.Match(@"\[\.\.\. [0-9,]+ .* \.\.\.\]"));
    }

    [Test]
    public void The_neighbours_reports_are_those_without_the_others() =>
        Assert.That(_class.ReadNeighbours(), Is.EqualTo(_class.Before));

    [Test]
    public void The_machine_is_as_before()
    {
        var left = File.ReadAllLines(_class["after.txt"]).Where(line => !Expected().IsMatch(line));

        Assert.Multiple(() =>
        {
            Assert.That(left, Is.Empty, "processes and files");
            Assert.That(
                File.ReadAllText(_class["mounts-after.txt"]),
                Is.EqualTo(File.ReadAllText(_class["mounts-before.txt"]))
            );
            Assert.That(File.ReadAllText(_class["canary.txt"]), Is.Empty, "somebody came to the canary");
            Assert.That(Path.Exists(_class["written"]), Is.False);
        });
    }

    [Test]
    public void Nothing_that_is_shown_acts()
    {
        var shown = Directory
            .GetFiles(_class["reports"], "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".txt" or ".md" or ".csv" or ".json" or ".xml" or ".log")
            .Select(path => (path, File.ReadAllText(path)))
            .Append(("console", _class.Run.Stdout + _class.Run.Stderr));
        foreach (var (path, text) in shown)
        {
            Assert.That(text, Does.Not.Match(@"[\0-\x08\x0b-\x1f\x7f\u202a-\u202e]"), path);
            Assert.That(text, Does.Not.Match("(?m)^::"), path);
        }

        foreach (var path in Directory.GetFiles(_class["reports"], "report.json", SearchOption.AllDirectories))
        {
            Assert.That(JsonReport.Parse(File.ReadAllText(path)), Is.Not.Null, path);
        }

        Assert.That(() => XDocument.Load(_class["reports/junit.xml"]), Throws.Nothing);
        foreach (var path in Directory.GetFiles(_class["reports"], "*.md", SearchOption.AllDirectories))
        {
            Assert.That(File.ReadAllText(path), Does.Not.Match("(?m)^<script|^!\\[x\\]|^=HYPERLINK"), path);
        }

        var cells = File.ReadAllLines(_class["reports/grades.csv"]).SelectMany(line => line.Split(','));
        Assert.That(cells, Has.None.Match("^\"?[=+@-]."));
    }

    // The shell and the canary of the guard; what a batch remembers of our own servers that passed.
    [GeneratedRegex("^process (/bin/sh .*guard.sh |.*canary.py )|^file /tmp/grader-passed-|^process $")]
    private static partial Regex Expected();
}
