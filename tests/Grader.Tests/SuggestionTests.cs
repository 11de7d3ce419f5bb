namespace Grader.Tests;

internal sealed class SuggestionTests
{
    private static readonly string[] Known = ["short-message", "long-message", "unicode", "jobs"];

    [TestCase("unicod", "unicode")]
    [TestCase("Unicode", "unicode")]
    [TestCase("short-mesage", "short-message")]
    [TestCase("job", "jobs")]
    [TestCase("lnog-message", "long-message")]
    public void A_misspelt_name_finds_the_nearest_known_one(string name, string nearest)
    {
        var suggestion = Suggestion.Remedy(name, Known);

        Assert.That(suggestion, Is.EqualTo($"did you mean \"{nearest}\"?"));
    }

    [TestCase("")]
    [TestCase("something-else")]
    [TestCase("xyz")]
    public void A_name_that_is_like_none_gets_all_that_are_known(string name)
    {
        var suggestion = Suggestion.Remedy(name, Known);

        Assert.That(suggestion, Is.EqualTo("known: short-message, long-message, unicode, jobs"));
    }
}
