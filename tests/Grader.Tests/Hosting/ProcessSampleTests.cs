using Grader.Hosting;

namespace Grader.Tests.Hosting;

internal sealed class ProcessSampleTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(200);

    [TestCase(200, 0, 1, TestName = "A spinning thread is a whole core")]
    [TestCase(50, 150, 1, TestName = "A spinning thread is a whole core where a busy machine gives it a quarter")]
    [TestCase(4, 0, 0.02, TestName = "A thread that wakes for moments is those moments")]
    [TestCase(4, 150, 0.08, TestName = "Waiting for a processor is not work")]
    [TestCase(0, 200, 0, TestName = "A thread that never got a processor tells nothing")]
    public void The_load_is_what_a_thread_would_use_of_a_free_core(int worked, int waited, double load)
    {
        var before = Sample((1, 1000, 500));
        var after = Sample((1, 1000 + worked, 500 + waited));

        Assert.That(after.LoadSince(before, Window), Is.EqualTo(load).Within(0.001));
    }

    [Test]
    public void Threads_add_up_and_one_that_has_come_since_counts_from_nothing()
    {
        var before = Sample((1, 1000, 0));
        var after = Sample((1, 1020, 0), (2, 40, 0));

        Assert.That(after.LoadSince(before, Window), Is.EqualTo(0.3).Within(0.001));
    }

    [TestCase(true, 30, TestName = "A wait that is over counts as it is told")]
    [TestCase(false, 195, TestName = "A thread that could run and did not waits still")]
    public void The_longest_wait_is_that_of_one_thread(bool sleeps, int waited)
    {
        var before = Sample((1, 0, 10), (2, 0, 100));
        var after = Sample(sleeps, (1, 5, 40), (2, 0, 120), (3, 200, 0));

        Assert.That(
            after.LongestWaitSince(before, Window),
            Is.EqualTo(TimeSpan.FromMilliseconds(sleeps ? waited : 200))
        );
    }

    private static ProcessSample Sample(params (int Id, int Worked, int Waited)[] threads) => Sample(true, threads);

    private static ProcessSample Sample(bool sleeps, params (int Id, int Worked, int Waited)[] threads) =>
        new(
            threads.ToDictionary(
                thread => thread.Id,
                thread => new ThreadTimes(
                    Process: 1,
                    sleeps,
                    TimeSpan.FromMilliseconds(thread.Worked),
                    TimeSpan.FromMilliseconds(thread.Waited)
                )
            )
        );
}
