using Grader.Reports;
using Grader.Tests.Support;

namespace Grader.Tests.Reports;

internal sealed class RepeatableTests
{
    [TestCase(Gradings.Right)]
    [TestCase(Gradings.Wrong)]
    [TestCase(Gradings.BuildFailed)]
    public async Task Two_gradings_give_the_same_bytes(string submission)
    {
        var first = JsonReport.Render(await Gradings.ReportAsync(submission));

        var second = JsonReport.Render((await Gradings.GradeAsync(submission)).Report);

        Assert.That(second, Is.EqualTo(first));
    }

    [TestCaseSource(typeof(Gradings), nameof(Gradings.All))]
    public async Task A_report_holds_no_path_of_this_machine(string submission)
    {
        var json = JsonReport.Render(await Gradings.ReportAsync(submission));

        Assert.That(json, Does.Not.Match(@"(?<![\w.:/-])/(bin|etc|home|opt|root|tmp|usr|var)/"));
        Assert.That(json, Does.Not.Contain(Path.GetTempPath()));
        Assert.That(json, Does.Not.Contain(Repository.Root));
        Assert.That(json, Does.Not.Contain(Path.GetTempPath()));
    }

    [TestCaseSource(typeof(Gradings), nameof(Gradings.All))]
    public async Task A_report_holds_no_port_of_the_machine_s_choosing_and_no_time(string submission)
    {
        var json = JsonReport.Render(await Gradings.ReportAsync(submission));

        // 20000 to 29999 and 50001 on are given to servers and clients, 32768 on is the kernel's own choice.
        Assert.That(json, Does.Not.Match(@"(?<![0-9,x])(2\d{4}|3[2-9]\d{3}|[456]\d{4})(?![0-9,])"));
        Assert.That(json, Does.Not.Match($@"\b({DateTime.UtcNow.Year}-|\d\d:\d\d:\d\d)"));
    }
}
