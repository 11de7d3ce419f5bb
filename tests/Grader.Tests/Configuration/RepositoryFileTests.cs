using System.Text;
using Grader.Batch;
using Grader.Configuration;

namespace Grader.Tests.Configuration;

internal sealed class RepositoryFileTests
{
    [TestCase("ssh://anna:secret@example.org/anna.git")]
    [TestCase("ssh://anna:secret@example.org:22/anna.git")]
    [TestCase("FTP://anna:se@cret@example.org/anna.git")]
    [TestCase("https://anna:secret@example.org/anna.git")]
    [TestCase("https://token@example.org/anna.git")]
    [TestCase("https://example.org/anna.git?token=secret")]
    public void A_password_in_an_address_is_refused(string address)
    {
        Assert.That(
            () => Read(address),
            Throws
                .TypeOf<UsageException>()
                .With.Message.EqualTo(
                    "list.csv: line 2 has a url with a password in it; let git ask a credential helper, or use ssh with a key."
                )
        );
    }

    [TestCase("ssh://git@example.org/anna.git")]
    [TestCase("ssh://git@example.org:22/anna:b@c.git")]
    [TestCase("ssh://example.org:22/anna@b.git")]
    [TestCase("ftp://anna@example.org/anna.git")]
    [TestCase("git@example.org:anna.git")]
    [TestCase("https://example.org:8443/anna.git")]
    public void An_address_without_one_is_taken_as_it_is(string address)
    {
        Assert.That(Read(address).Address, Is.EqualTo(address));
    }

    private static RepositoryRow Read(string address) =>
        RepositoryFile
            .Parse(Encoding.UTF8.GetBytes($"student,url\nanna,{address}\n"), "list.csv", "/nowhere", assignment: null)
            .Single();
}
