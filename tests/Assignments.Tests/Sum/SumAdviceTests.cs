namespace Grader.Assignments.Tests.Sum;

/// <summary>What costs no points, and is worth knowing.</summary>
internal sealed class SumAdviceTests
{
    [TestCase("right", "tcl-events", null, new[] { "answers-in-words" })]
    [TestCase("right", "python-select", null, new string[0])]
    // Nothing says where its first sum ends to a client that asks once.
    [TestCase("wrong", "no-newline", "small-numbers", new[] { "no-newline" })]
    // To one that asks twice this is a mistake, and told as such.
    [TestCase("wrong", "no-newline", "several-requests", new string[0])]
    public async Task Words_and_a_missing_newline_are_told(string kind, string name, string? only, string[] expected)
    {
        var folder = Path.Combine(Repository.Root, "tests", "Zoo", kind, "sum", name);

        var graded = await Zoo.GradeFolderAsync(
            Catalogue.All.Single(assignment => assignment.Id == "sum"),
            folder,
            only is null ? null : new HashSet<string> { "small-numbers", only }
        );

        var told = graded.Report.Advice.Select(advice => advice.Id);
        Assert.That(told.Intersect(["answers-in-words", "no-newline"]), Is.EqualTo(expected));
    }
}
