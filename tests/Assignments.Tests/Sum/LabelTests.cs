using Grader.Assignments.Sum;

namespace Grader.Assignments.Tests.Sum;

internal sealed class LabelTests
{
    [TestCase("121\n", "30", "30")]
    [TestCase("121\n", "usage: two numbers, for example 12 30", null, Description = "no digit is a label")]
    [TestCase("121\n", "error 400", null)]
    [TestCase("Sum: 42\r\n", "Sum: 5\r", "5")]
    [TestCase("Sum: 42\n", "  -5 ", "-5", Description = "a number alone is an answer, whatever the others look like")]
    [TestCase("Sum: 42\n", "Error: 5", null)]
    [TestCase("The sum is 42.\n", "The sum is 5.", "5")]
    [TestCase("The sum is 42.\n", "Error: the number of words is 1", null)]
    [TestCase("12 + 30 = 42\n", "abc + 5 = 5", "5")]
    [TestCase("12+30=42\n", "1+2=3", "3")]
    [TestCase("Welcome\n42\n", "5", "5", Description = "the label is on the line of the number")]
    [TestCase("42\n", "NaN", null)]
    [TestCase("{\"sum\": 42}\n", "{\"sum\": 5}", "5")]
    [TestCase("42 is the sum\n", "5 is the sum", "5")]
    [TestCase("42 is the sum\n", "5 is too much", null)]
    [TestCase("Sum:42\n", "Sum:7", "7", Description = "without a blank")]
    [TestCase("sum = 42\n", "error = 400", null)]
    public void A_line_answers_with_a_number_alone_or_behind_the_label(string reply, string line, string? number)
    {
        var answer = Label.Of(reply).FindAnswer(line);

        Assert.That(answer?.ToString(), Is.EqualTo(number));
    }

    [Test]
    [CancelAfter(10_000)]
    public void A_hostile_line_is_looked_at_in_linear_time(CancellationToken cancellationToken)
    {
        var label = Label.Of("12 + 30 = 42\n");

        var answers = "1+ =".Select(character => label.FindAnswer(new string(character, 65_536)));

        Assert.That(answers.Count(answer => answer is null), Is.EqualTo(3));
        Assert.That(cancellationToken.IsCancellationRequested, Is.False);
    }
}
