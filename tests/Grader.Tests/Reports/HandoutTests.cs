using Grader.Tests.Support;

namespace Grader.Tests.Reports;

internal sealed class HandoutTests
{
    private const string Begin = "<!-- checks -->\n";
    private const string End = "<!-- /checks -->\n";

    [TestCase("Echo", "echo")]
    [TestCase("Sum", "sum")]
    public async Task The_table_in_the_handout_is_what_list_prints(string folder, string assignment)
    {
        var path = Path.Combine(Repository.Root, "assignments", folder, "README.md");
        Assert.That(path, Does.Exist);
        var handout = await File.ReadAllTextAsync(path);
        Assert.That(handout, Does.Contain(Begin).And.Contain(End));

        var run = await GraderProgram.RunAsync("list", assignment, "--markdown");

        var table = handout.Split(Begin)[1].Split(End)[0];
        Assert.That(
            table.Trim('\n'),
            Is.EqualTo(run.Stdout.Trim('\n')),
            $"Put what `grader list {assignment} --markdown` prints between the two comments."
        );
    }
}
