using System.Text;

namespace Grader.Tests;

internal sealed class TextTests
{
    [TestCase("plain text ~!", "plain text ~!")]
    [TestCase("line\r\n\tend\0", "line\\r\\n\\tend\\0")]
    [TestCase("a \"quote\" and a \\", "a \\\"quote\\\" and a \\\\")]
    [TestCase("é\u001b[31m\u007f", "\\xc3\\xa9\\x1b[31m\\x7f")]
    public void Bytes_are_shown_as_printable_ascii(string text, string shown)
    {
        var escaped = Text.Escape(Encoding.UTF8.GetBytes(text));

        Assert.That(escaped, Is.EqualTo(shown));
    }

    [Test]
    public void Every_byte_has_a_face_of_its_own()
    {
        var faces = Enumerable.Range(0, 256).Select(value => Text.Escape([(byte)value])).ToList();

        Assert.That(faces, Is.Unique);
        Assert.That(string.Concat(faces), Has.All.InRange(' ', '~'));
    }

    [TestCase("\u001b[2J\u0007", "\\u{1b}[2J\\u{7}", Description = "terminal escapes")]
    [TestCase("abc\u202edcba\u202c", "abc\\u{202e}dcba\\u{202c}", Description = "turned direction")]
    [TestCase("a\u200bb", "a\\u{200b}b", Description = "invisible")]
    [TestCase("a\u2028b\rc", "a\\u{2028}b\\u{d}c", Description = "line ends")]
    [TestCase("\tindented", "    indented")]
    [TestCase("größe 大きさ 📏", "größe 大きさ 📏")]
    public void Text_keeps_its_letters_and_loses_what_steers(string text, string shown)
    {
        var printable = Text.Printable(text);

        Assert.That(printable, Is.EqualTo(shown));
    }

    [TestCase(0, "0 bytes")]
    [TestCase(1, "1 byte")]
    [TestCase(1_234_567, "1,234,567 bytes")]
    public void Numbers_are_grouped_and_nouns_agree(long count, string text)
    {
        Assert.That(Text.Count(count, "byte"), Is.EqualTo(text));
    }

    [TestCase(10_000, "10 s")]
    [TestCase(500, "0.5 s")]
    public void Durations_are_in_seconds(int milliseconds, string text)
    {
        Assert.That(Text.Duration(TimeSpan.FromMilliseconds(milliseconds)), Is.EqualTo(text));
    }
}
