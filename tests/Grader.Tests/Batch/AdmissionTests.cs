using Grader.Batch;
using Grader.Tests.Support;

namespace Grader.Tests.Batch;

internal sealed class AdmissionTests
{
    [Test]
    public async Task No_more_are_let_in_than_may_work()
    {
        var admission = new Admission(atWork: 1);
        var first = await admission.EnterAsync(Deadline.Token());

        var second = admission.EnterAsync(Deadline.Token());

        Assert.That(second.IsCompleted, Is.False);
        first.Dispose();
        (await second).Dispose();
    }

    [Test]
    public async Task Who_rests_keeps_nobody_out_and_goes_on_when_it_likes()
    {
        var admission = new Admission(atWork: 1);
        var first = await admission.EnterAsync(Deadline.Token());

        first.Rest(true);
        var second = await admission.EnterAsync(Deadline.Token());
        first.Rest(false);
        second.Dispose();

        // One is at work again.
        var third = admission.EnterAsync(Deadline.Token());
        Assert.That(third.IsCompleted, Is.False);
        first.Dispose();
        (await third).Dispose();
    }

    [Test]
    public async Task Who_gave_up_waiting_takes_no_place()
    {
        var admission = new Admission(atWork: 1);
        using var given = new CancellationTokenSource();
        var first = await admission.EnterAsync(Deadline.Token());
        var second = admission.EnterAsync(given.Token);
        var third = admission.EnterAsync(Deadline.Token());

        await given.CancelAsync();
        first.Dispose();

        Assert.That(async () => await second, Throws.InstanceOf<OperationCanceledException>());
        (await third).Dispose();
    }
}
