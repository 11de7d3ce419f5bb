using Grader.Assignments.Sum;

namespace Grader.Assignments.Tests.Sum;

internal sealed class NumeralTests
{
    [TestCase("42", "42")]
    [TestCase("42.0", "42")]
    [TestCase("Sum: 42\r\n", "42")]
    [TestCase("the sum is 42.", "42")]
    [TestCase("12 + 30 = 42", "12 30 42")]
    [TestCase("12+30=42", "12 30 42")]
    [TestCase("12-5=7", "12 -5 7")]
    [TestCase("12+-5=7", "12 -5 7")]
    [TestCase(".5 -0.250", "0.5 -0.25")]
    [TestCase("4.294967296E9", "4294967296")]
    [TestCase("1e-3", "0.001")]
    [TestCase("007", "7")]
    [TestCase("\u00e5\u0092\u008c\u00ef\u00bc\u009a42\u00e3\u0080\u0082", "42", Description = "UTF-8, byte by byte")]
    public void Numbers_are_found_in_a_text(string text, string numbers) =>
        Assert.That(string.Join(' ', Numeral.FindIn(text)), Is.EqualTo(numbers));

    [TestCase("")]
    [TestCase("error: two numbers are needed")]
    [TestCase("NaN Infinity")]
    [TestCase("server2 x42y v1.2.3 0x")]
    public void What_is_part_of_a_word_or_a_version_is_no_number(string text) =>
        Assert.That(Numeral.FindIn(text), Is.Empty);

    [TestCase("9007199254740992", "9007199254740993", false)]
    [TestCase("-0", "0", true)]
    [TestCase("3.00", "3", true)]
    [TestCase("1e400", "1", false)]
    public void Whole_numbers_are_compared_by_every_digit(string a, string b, bool same) =>
        Assert.That(Numeral.Parse(a).Is(Numeral.Parse(b)), Is.EqualTo(same));

    [TestCase("0.30000000000000004", "0.3", true)]
    [TestCase("0.300000011920929", "0.3", false)]
    [TestCase("3.75", "3.750000001", true)]
    [TestCase("3.8", "3.75", false)]
    [TestCase("0", "0.0000001", false)]
    public void Others_are_compared_to_nine_digits(string a, string b, bool near) =>
        Assert.That(Numeral.Parse(a).IsNear(Numeral.Parse(b)), Is.EqualTo(near));

    [Test]
    public void An_exponent_out_of_all_bounds_equals_nothing_and_costs_nothing()
    {
        var absurd = Numeral.Parse("1e999999999");

        Assert.That(absurd.Is(Numeral.Parse("1")), Is.False);
        Assert.That(Numeral.Parse("1e99999999999999999999").Is(Numeral.Parse("1")), Is.False);
    }

    [Test]
    public void A_sum_of_any_length_is_exact()
    {
        var digits = new string('9', 5000);

        Assert.That($"{Numeral.Parse(digits) + Numeral.Parse("1")}", Is.EqualTo("1" + new string('0', 5000)));
        Assert.That($"{Numeral.Parse("0.1") + Numeral.Parse("0.2")}", Is.EqualTo("0.3"));
        Assert.That($"{Numeral.Parse("-1.5") + Numeral.Parse("0.25")}", Is.EqualTo("-1.25"));
    }
}
