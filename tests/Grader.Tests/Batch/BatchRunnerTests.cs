using Grader.Batch;
using Grader.Checks;
using Grader.Intake;
using Grader.Launching;
using Grader.Scoring;
using Grader.Tests.Support;

namespace Grader.Tests.Batch;

internal sealed class BatchRunnerTests
{
    private static readonly Assignment Tiny = TinySuite.Of(TinySuite.Starts);

    private readonly TemporaryFolder _folder = new();
    private readonly List<Report> _done = [];
    private readonly List<string> _faults = [];

    [OneTimeSetUp]
    public static void RequirePython() => Machine.RequirePython();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCase("submission.json", "no JSON")]
    [TestCase("submission.json", """{ "server": ["python3", "\ud800"] }""")]
    [TestCase("submission.json", """{ "server": [""] }""")]
    [TestCase("submission.json", """{ "server": ["./", "{port}"] }""")]
    [TestCase("package.json", """{ "scripts": {}, "scripts": {} }""")]
    [TestCase("echo_server.py", "\0")]
    [TestCase("Makefile", "all:\n\tfalse\n")]
    public async Task A_broken_submission_does_not_stop_the_others(string file, string content)
    {
        _folder.Write($"broken/{file}", content);
        Work[] works = [Work("broken", _folder["broken"]), Work("whole", Repository.PythonReference)];

        var isComplete = await RunAsync(works, jobs: 1, CancellationToken.None);

        Assert.That(isComplete, Is.True);
        Assert.That(Scores(), Does.Contain("whole 10"));
        Assert.That(_done, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_folder_that_vanishes_does_not_stop_the_others()
    {
        Work[] works = [Work("gone", _folder["gone"]), Work("whole", Repository.PythonReference)];

        await RunAsync(works, jobs: 1, CancellationToken.None);

        Assert.That(Scores(), Is.EquivalentTo(["gone ", "whole 10"]));
    }

    [Test]
    public async Task Many_at_a_time_give_the_same_as_one_at_a_time()
    {
        var works = Enumerable.Range(0, 6).Select(number => Work($"student-{number}", Fixture(number))).ToList();

        await RunAsync(works, jobs: 4, CancellationToken.None);

        Assert.That(
            Scores().Order(StringComparer.Ordinal),
            Is.EqualTo(["student-0 10", "student-1 0", "student-2 10", "student-3 0", "student-4 10", "student-5 0"])
        );

        static string Fixture(int number) =>
            number % 2 == 0 ? Repository.PythonReference : Repository.Fixture("crashes-at-start");
    }

    [Test]
    public async Task Whatever_goes_wrong_with_one_costs_nobody_anything_and_leaves_its_trace()
    {
        Work[] works =
        [
            new Work(Tiny, "broken", new BrokenSubmission("broken")),
            Work("unwritten", Repository.PythonReference),
            Work("whole", Repository.PythonReference),
        ];

        var isComplete = await RunAsync(works, jobs: 1, CancellationToken.None, refused: "unwritten");

        Assert.That(isComplete, Is.True);
        Assert.That(Scores(), Is.EqualTo(["broken ", "unwritten ", "whole 10"]));
        Assert.That(_done[0].Error, Is.EqualTo("a fault of the grader: NotSupportedException"));
        Assert.That(_done[1].Error, Is.EqualTo("a fault of the grader: NotSupportedException"));
        Assert.That(_faults, Has.All.Match("^System.NotSupportedException: (broken|unwritten)\n   at "));
        Assert.That(_faults, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Nothing_handed_in_is_missing_and_no_error()
    {
        await RunAsync([new Work(Tiny, "nobody", Submission: null)], jobs: 1, CancellationToken.None);

        Assert.That(_done.Single().Outcome, Is.EqualTo(Grade.Missing));
        Assert.That(_done.Single().Score, Is.Zero);
    }

    [Test]
    public async Task An_interruption_keeps_what_was_done()
    {
        using var interrupt = new CancellationTokenSource();
        Work[] works =
        [
            Work("first", Repository.PythonReference),
            Work("second", Repository.Fixture("never-listens")),
            Work("third", Repository.PythonReference),
        ];

        var isComplete = await RunAsync(
            works,
            jobs: 1,
            interrupt.Token,
            started: work =>
            {
                if (work.Student == "second")
                {
                    interrupt.Cancel();
                }
            }
        );

        Assert.That(isComplete, Is.False);
        Assert.That(Scores(), Is.EqualTo(["first 10"]));
    }

    private Task<bool> RunAsync(
        IReadOnlyList<Work> works,
        int jobs,
        CancellationToken cancellationToken,
        Action<Work>? started = null,
        string? refused = null
    )
    {
        var course = new Course
        {
            Submissions = new SubmissionPattern(_folder["{student}"]),
            Reports = _folder["reports"],
            Jobs = jobs,
        };
        return new BatchRunner(course, TimeProvider.System).RunAsync(
            works,
            new Observer(started ?? (_ => { }), _done, _faults, refused),
            cancellationToken
        );
    }

    private static Work Work(string student, string folder) =>
        new(Tiny, student, new FolderSubmission(student, folder));

    private List<string> Scores() => [.. _done.Select(report => $"{report.Student} {report.Score}")];

    private sealed class Observer(Action<Work> started, List<Report> done, List<string> faults, string? refused)
        : IBatchObserver
    {
        public void Started(Work work) => started(work);

        public void Begins(Work work, Check check) { }

        public void Done(Work work, Graded graded)
        {
            if (work.Student == refused && graded.Report.Outcome == Grade.Graded)
            {
                throw new NotSupportedException(refused);
            }

            lock (done)
            {
                done.Add(graded.Report);
                faults.AddRange(graded.ErrorLog.Length > 0 ? [graded.ErrorLog] : Array.Empty<string>());
            }
        }
    }

    private sealed record BrokenSubmission(string Student) : Submission(Student)
    {
        internal override Task CopyIntoAsync(Workspace workspace, CancellationToken cancellationToken) =>
            throw new NotSupportedException(Student);

        internal override void AddTo(Digest digest) => throw new NotSupportedException(Student);

        protected override DateTime? FindLastChange() => null;
    }
}
