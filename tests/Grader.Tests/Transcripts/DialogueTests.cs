using System.Text;
using Grader.Checks;
using Grader.Clients;
using Grader.Tests.Support;
using Grader.Transcripts;

namespace Grader.Tests.Transcripts;

internal sealed class DialogueTests
{
    private const string A = "client A";
    private const string B = "client B";

    private readonly Transcript _transcript = new(new StoppedClock());

    [Test]
    public void The_first_wrong_byte_is_marked_and_what_comes_long_after_it_is_not_shown()
    {
        _transcript.Note(A, Deed.Connects, "connects");
        _transcript.Sent(A, "one\n"u8);
        _transcript.Received(A, "one\n"u8);
        _transcript.Sent(A, "two\n"u8);
        _transcript.Received(A, Encoding.ASCII.GetBytes($"tXo\n{new string('x', 4000)}"));

        Assert.That(
            Tell(Wrong("two\n", matched: 1, "Xo\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", Ending.None, heardBefore: 4)),
            Is.EqualTo(
                """
                client A  connects
                client A  > "one\n"
                client A  < "one\n"
                client A  > "two\n"
                client A  < "tXo\nxxxxxxxxxxxxxxxxxxxxx"
                              ^
                """
            )
        );
    }

    [TestCase(Ending.None, "silence")]
    [TestCase(Ending.EndOfFile, "the connection was closed")]
    [TestCase(Ending.Reset, "the connection was closed")]
    public void What_came_in_place_of_more_is_told_at_the_end(Ending ending, string told)
    {
        _transcript.Note(A, Deed.Connects, "connects");
        foreach (var letter in "hello"u8.ToArray())
        {
            _transcript.Sent(A, [letter]);
        }

        _transcript.Received(A, "he"u8);
        _transcript.Note(A, Deed.Ends, ending == Ending.Reset ? "< reset" : "< end of file");

        Assert.That(
            Tell(Wrong("hello", matched: 2, "", ending, heardBefore: 0)),
            Is.EqualTo(
                $"""
                client A  connects
                client A  > "hello", byte by byte
                client A  < "he"
                client A  ! {told}
                """
            )
        );
    }

    [Test]
    public void A_long_transcript_begins_with_the_client_that_got_it_wrong()
    {
        for (var round = 0; round < 5; round++)
        {
            _transcript.Note(A, Deed.Connects, "connects");
            _transcript.Sent(A, "one"u8);
            _transcript.Received(A, "one"u8);
        }

        _transcript.Note(B, Deed.Connects, "connects");
        _transcript.Sent(B, "two"u8);

        Assert.That(
            Tell(Wrong("two", matched: 0, "", Ending.None, heardBefore: 0) with { Client = B, ExitCode = 1 }),
            Is.EqualTo(
                """
                [... 15 events ...]
                client B  connects
                client B  > "two"
                client B  ! silence
                server    exited with code 1
                """
            )
        );
    }

    [Test]
    public void Where_chance_decides_nothing_is_shown()
    {
        _transcript.Note(A, Deed.Connects, "connects");

        Assert.That(Tell(new Failure("a", "b") { DependsOnTiming = true }), Is.Empty);
    }

    private string Tell(Failure failure) => string.Join('\n', Dialogue.Tell(_transcript.Read(), failure));

    private static Failure Wrong(string expected, int matched, string wrong, Ending ending, int heardBefore)
    {
        var bytes = Encoding.ASCII.GetBytes(expected);
        return new Failure("a", "b")
        {
            Client = A,
            HeardBefore = heardBefore,
            Symptom = Symptom.WrongReply,
            Reply = new Reply(bytes, bytes, matched, Encoding.ASCII.GetBytes(wrong), ending),
        };
    }
}
