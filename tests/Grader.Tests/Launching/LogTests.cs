using Grader.Launching;

namespace Grader.Tests.Launching;

internal sealed class LogTests
{
    [Test]
    public void A_short_log_is_complete()
    {
        var log = new Log(bound: 100);

        log.Add("one");
        log.Add("two");

        Assert.That(log.Read(), Is.EqualTo("one\ntwo\n"));
    }

    [Test]
    public void A_long_log_loses_its_middle_and_says_how_much()
    {
        var log = new Log(bound: 40);
        // Ten characters a line, its end included.
        var lines = Enumerable.Range(0, 200).Select(number => $"line {number:0000}\n").ToList();

        foreach (var line in lines)
        {
            log.Add(line.TrimEnd('\n'));
        }

        Assert.That(
            log.Read(),
            Is.EqualTo($"{lines[0]}{lines[1]}[... 1,960 characters omitted ...]\n{lines[^2]}{lines[^1]}")
        );
    }

    [Test]
    public void Order_is_kept_when_one_line_is_longer_than_the_bound()
    {
        var log = new Log(bound: 100);

        log.Add("before");
        log.Add(new string('x', 200));
        log.Add("after");

        Assert.That(log.Read(), Is.EqualTo("before\n[... 201 characters omitted ...]\nafter\n"));
    }
}
