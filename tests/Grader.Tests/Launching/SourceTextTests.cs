using Grader.Launching;
using Grader.Tests.Support;

namespace Grader.Tests.Launching;

internal sealed class SourceTextTests
{
    [TestCase("int main(void) { }", true)]
    [TestCase("int\nmain (int argc, char *argv[])\n{\n}", true)]
    [TestCase("main(argc, argv)\n    int argc; char *argv[];\n{\n}", true)]
    [TestCase("int main(void); struct rest { int left; };", false)]
    [TestCase("int main() try { } catch (...) { }", true)]
    [TestCase("char *help = \"/*\"; int main(void) { }", true)]
    [TestCase("char quote = '\"'; int main(void) { } char *other = \"\";", true)]
    [TestCase("", false)]
    [TestCase("int main(void);", false)]
    [TestCase("int remain(void) { }", false)]
    [TestCase("int domain(void) { main(); }", false)]
    [TestCase("// int main(void) { }", false)]
    [TestCase("/* old:\nint main(void) { }\n*/", false)]
    [TestCase("/* never closed int main(void) { }", false)]
    [TestCase("char *text = \"int main(void) {\";", false)]
    public void A_program_begins_where_main_is_defined(string text, bool expected)
    {
        using var folder = new TemporaryFolder();

        Assert.That(SourceText.Begins(SourceText.MainFunction, folder.Write("a.c", text)), Is.EqualTo(expected));
    }

    [Test]
    public void A_link_that_leads_nowhere_is_no_program()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["a.c"], "gone.c");

        Assert.That(SourceText.Begins(SourceText.MainFunction, folder["a.c"]), Is.False);
    }

    [TestCase("main(")]
    [TestCase("/*")]
    [TestCase("//\n/*")]
    [TestCase("\"")]
    [TestCase("'\\")]
    [TestCase("`\"'")]
    [CancelAfter(60_000)]
    public void A_file_written_to_keep_the_grader_busy_does_not(string piece)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("a.c", string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)));

        var read = Task.Run(() => SourceText.Begins(SourceText.MainFunction, path));

        Assert.That(read.Wait(TimeSpan.FromSeconds(20)), Is.True);
    }

    [TestCase("client.c", false)]
    [TestCase("echo_client.go", false)]
    [TestCase("EchoClient.java", false)]
    [TestCase("client2.c", false)]
    [TestCase("test.c", true)]
    [TestCase("test_net.c", true)]
    [TestCase("net_test.go", true)]
    [TestCase("NetTest.java", true)]
    [TestCase("client_handler.c", false)]
    [TestCase("ClientHandler.java", false)]
    [TestCase("latest.c", false)]
    [TestCase("Attestation.java", false)]
    [TestCase("testimony.c", false)]
    public void A_name_says_what_belongs_to_a_test(string file, bool expected) =>
        Assert.That(SourceText.IsOfTest(file), Is.EqualTo(expected));
}
