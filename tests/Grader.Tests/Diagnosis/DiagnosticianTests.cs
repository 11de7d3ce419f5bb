using Grader.Checks;
using Grader.Diagnosis;
using Grader.Scoring;

namespace Grader.Tests.Diagnosis;

internal sealed class DiagnosticianTests
{
    private static readonly Evidence Evidence = new(
        new Dictionary<string, Outcome> { ["one"] = Outcome.Failed, ["two"] = Outcome.Failed },
        [Failed("one"), Failed("two")],
        new Dictionary<string, Explored>()
    );

    [Test]
    public void The_cause_that_explains_most_comes_first()
    {
        var causes = Diagnostician.Explain([Believes("a", "two"), Believes("b", "one", "two")], Evidence);

        Assert.That(Ids(causes), Is.EqualTo("b a"));
        Assert.That(string.Join(' ', causes[0].Explains), Is.EqualTo("one two"));
        Assert.That(causes[0].Happened, Is.EqualTo("one: expected 1; actual 2"));
    }

    [Test]
    public void Two_that_fit_equally_are_both_named()
    {
        var causes = Diagnostician.Explain([Believes("a", "one"), Believes("b", "one")], Evidence);

        Assert.That(Ids(causes), Is.EqualTo("a b"));
    }

    [Test]
    public void One_that_is_more_to_the_point_leaves_to_another_what_it_does_not_explain()
    {
        var causes = Diagnostician.Explain(
            [Believes("a", "one", "two"), Believes("b", "one") with { Over = ["a"] }],
            Evidence
        );

        Assert.That(
            causes.Select(cause => (cause.Id, cause.Explains.Single())),
            Is.EqualTo(new[] { ("a", "two"), ("b", "one") })
        );
    }

    [Test]
    public void What_explains_nothing_is_no_cause()
    {
        var causes = Diagnostician.Explain(
            [
                Believes("a"),
                Believes("b", "one") with
                {
                    Shows = _ => false,
                },
                Believes("c", "two"),
                Believes("d", "two") with
                {
                    Over = ["c"],
                },
            ],
            Evidence
        );

        Assert.That(Ids(causes), Is.EqualTo("d"));
    }

    private static string Ids(IEnumerable<Cause> causes) => string.Join(' ', causes.Select(cause => cause.Id));

    private static FailedCheck Failed(string check) => new(check, new Failure("1", "2"), []);

    private static Misconception Believes(string id, params string[] explains) =>
        new()
        {
            Id = id,
            Title = id,
            Why = "",
            Teaches = "",
            Advice = "",
            Explains = (_, check) => explains.Contains(check.Check),
        };
}
