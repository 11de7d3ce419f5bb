using Grader.Tests.Support;

namespace Grader.Tests.Reports;

internal sealed class HandoutTests
{
    private const string End = "<!-- /checks -->\n";

    [TestCase("Echo", "echo")]
    [TestCase("Echo", "echo-client")]
    [TestCase("Echo", "echo-pair")]
    [TestCase("Sum", "sum")]
    [TestCase("Sum", "sum-client")]
    [TestCase("Sum", "sum-pair")]
    public async Task A_table_in_the_handout_is_what_list_prints(string folder, string assignment)
    {
        var path = Path.Combine(Repository.Root, "assignments", folder, "README.md");
        Assert.That(path, Does.Exist);
        var begin = $"<!-- checks {assignment} -->\n";
        var handout = await File.ReadAllTextAsync(path);
        Assert.That(handout, Does.Contain(begin).And.Contain(End));

        var run = await GraderProgram.RunAsync("list", assignment, "--markdown");

        var table = handout.Split(begin)[1].Split(End)[0];
        Assert.That(
            table.Trim('\n'),
            Is.EqualTo(run.Stdout.Trim('\n')),
            $"Put what `grader list {assignment} --markdown` prints between the two comments."
        );
    }
}
