using System.Text;
using Grader.Checks;
using Grader.Clients;

namespace Grader.Tests.Checks;

internal sealed class DifferenceTests
{
    private static readonly byte[] Alphabet = Encoding.ASCII.GetBytes(
        string.Concat(Enumerable.Repeat("abcdefghijklmnopqrstuvwxyz", 4))
    );

    [TestCase(Ending.None, "no byte: silence")]
    [TestCase(Ending.EndOfFile, "no byte: the connection was closed")]
    [TestCase(
        Ending.Reset,
        "no byte: the connection was closed",
        Description = "which of the two is a matter of timing"
    )]
    public void No_byte_at_all_is_told_with_what_came_instead(Ending ending, string actual)
    {
        var failure = Difference.Describe("hello"u8.ToArray(), 0, [], ending);

        Assert.That((failure.Expected, failure.Actual, failure.Caret), Is.EqualTo(("\"hello\"", actual, (int?)null)));
        Assert.That(failure.Reply, Is.Not.Null.And.Property("Ending").EqualTo(ending));
    }

    [Test]
    public void A_wrong_byte_has_the_caret_under_it()
    {
        var failure = Difference.Describe("hello\r\n"u8.ToArray(), 5, "\n"u8.ToArray(), Ending.None);

        Assert.That(
            Show(failure),
            Is.EqualTo(
                """
                "hello\r\n"
                "hello\n"
                      ^
                """
            )
        );
    }

    [Test]
    public void Escapes_before_the_wrong_byte_move_the_caret()
    {
        var failure = Difference.Describe("a\0\"\u00e9z"u8.ToArray(), 5, "Z"u8.ToArray(), Ending.None);

        Assert.That(
            Show(failure),
            Is.EqualTo(
                """
                "a\0\"\xc3\xa9z"
                "a\0\"\xc3\xa9Z"
                              ^
                """
            )
        );
    }

    [TestCase(Ending.None, "silence")]
    [TestCase(Ending.EndOfFile, "the connection was closed")]
    public void A_reply_that_breaks_off_says_how(Ending ending, string then)
    {
        var failure = Difference.Describe("hello, world"u8.ToArray(), 5, [], ending);

        Assert.That(
            Show(failure),
            Is.EqualTo(
                $"""
                "hello, world"
                "hello", then {then}
                      ^
                """
            )
        );
    }

    [Test]
    public void Bytes_far_from_the_wrong_one_are_left_out_and_counted()
    {
        var failure = Difference.Describe(Alphabet, 52, "BCD"u8.ToArray(), Ending.None);

        Assert.That(
            Show(failure),
            Is.EqualTo(
                """
                [... 36 bytes ...] "klmnopqrstuvwxyzabcdefghijklmnopqrstuvwx" [... 28 bytes ...]
                [... 36 bytes ...] "klmnopqrstuvwxyzBCD"
                                                    ^
                """
            )
        );
    }

    [Test]
    public void A_long_message_of_which_nothing_came_is_cut()
    {
        var failure = Difference.Describe(Alphabet, 0, [], Ending.None);

        Assert.That(failure.Expected, Is.EqualTo("\"abcdefghijklmnopqrstuvwx\" [... 80 bytes ...]"));
        Assert.That(failure.Caret, Is.Null);
    }

    [Test]
    public void Of_many_wrong_bytes_the_first_are_shown()
    {
        var failure = Difference.Describe("hello"u8.ToArray(), 0, Alphabet, Ending.None);

        Assert.That(failure.Actual, Is.EqualTo("\"abcdefghijklmnopqrstuvwx\""));
        Assert.That(failure.Caret, Is.EqualTo(1));
    }

    [TestCase(0, "", Ending.EndOfFile, "no byte, then the connection was closed")]
    [TestCase(1000, "", Ending.Reset, "a part of them, then the connection was closed")]
    [TestCase(0, "", Ending.None, "no byte, then silence")]
    [TestCase(16_384, "", Ending.None, "the first 16,384 bytes, then not what follows")]
    [TestCase(16_384, "!", Ending.None, "the first 16,384 bytes, then not what follows")]
    [TestCase(20_000, "!", Ending.EndOfFile, "more than 16,384 bytes of them, then not what follows")]
    public void Of_a_very_long_reply_only_what_repeats_is_told(int matched, string wrong, Ending ending, string actual)
    {
        var failure = Difference.Describe(new byte[1 << 20], matched, Encoding.ASCII.GetBytes(wrong), ending);

        Assert.That(failure.Expected, Is.EqualTo("all of 1,048,576 bytes, and no more"));
        Assert.That(failure.Actual, Is.EqualTo(actual));
        Assert.That(failure.Caret, Is.Null);
    }

    [Test]
    public void Bytes_after_a_very_long_reply_are_surplus()
    {
        var failure = Difference.DescribeSurplus(new byte[1 << 20], "!"u8.ToArray());

        Assert.That(failure.Actual, Is.EqualTo("all of them, then more"));
    }

    [Test]
    public void Bytes_after_a_complete_reply_are_surplus()
    {
        var failure = Difference.DescribeSurplus(new byte[5], "\0\0\0"u8.ToArray());

        Assert.That(failure.Expected, Is.EqualTo("nothing after the reply of 5 bytes"));
        Assert.That(failure.Actual, Is.EqualTo("\"\\0\\0\\0\" as well"));
    }

    [Test]
    public void Up_to_the_caret_both_lines_are_the_same_whatever_the_bytes()
    {
        // Seeded: the same bytes in every run.
        var random = new Random(2026);
        for (var i = 0; i < 500; i++)
        {
            var expected = new byte[random.Next(1, 200)];
            random.NextBytes(expected);
            var matched = random.Next(expected.Length);
            byte[] wrong = [(byte)(expected[matched] + 1), .. expected[..random.Next(expected.Length)]];

            var failure = Difference.Describe(expected, matched, wrong, Ending.None);

            var caret = failure.Caret!.Value;
            Assert.That(failure.Actual[..caret], Is.EqualTo(failure.Expected[..caret]));
            Assert.That(failure.Expected[caret..], Does.StartWith(Text.Escape([expected[matched]])));
            Assert.That(failure.Actual[caret..], Does.StartWith(Text.Escape([wrong[0]])));
        }
    }

    private static string Show(Failure failure) =>
        $"{failure.Expected}\n{failure.Actual}\n{new string(' ', failure.Caret!.Value)}^";
}
