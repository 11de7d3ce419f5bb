using Grader.Tests.Support;
using Grader.Transcripts;

namespace Grader.Tests.Transcripts;

internal sealed class TranscriptTests
{
    [Test]
    public async Task A_transcript_shows_who_did_what_and_when()
    {
        var clock = new StoppedClock();
        var transcript = new Transcript(clock);

        transcript.Note("client A", Deed.Connects, "connects");
        clock.Advance(TimeSpan.FromMilliseconds(31));
        transcript.Sent("client A", "one\r\n"u8);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        // How the network cuts a stream is no event of its own.
        transcript.Received("client A", "on"u8);
        transcript.Received("client A", "e\r\n"u8);
        transcript.Sent("client B", new byte[48]);
        transcript.Sent("client A", Enumerable.Repeat((byte)'x', 1000).ToArray());
        transcript.Sent("client A", "and more"u8);
        clock.Advance(TimeSpan.FromSeconds(3));
        transcript.Note("client A", Deed.Ends, "< end of file");

        await Verifier.Verify(string.Join('\n', transcript.Read()));
    }

    [Test]
    public void What_came_along_and_was_not_read_is_told_when_it_is_read()
    {
        var transcript = new Transcript(new StoppedClock());
        transcript.Received("client A", "on"u8);
        transcript.Note("client B", Deed.Connects, "connects");
        transcript.Received("client A", "e"u8);

        transcript.TakeBack("client A", 2);
        transcript.Received("client A", "ne"u8);

        Assert.That(
            string.Join('\n', transcript.Read().Select(line => line.Text)),
            Is.EqualTo(
                """
                client A  < "o"
                client B  connects
                client A  < "ne"
                """
            )
        );
    }

    [Test]
    public void What_is_sent_of_a_stream_after_its_end_is_no_event_of_its_own()
    {
        var transcript = new Transcript(new StoppedClock());
        var block = Enumerable.Repeat((byte)'x', 65_536).ToArray();
        transcript.Sent("client A", block);
        transcript.Received("client A", "x"u8);
        transcript.Note("client A", Deed.Ends, "< reset");

        transcript.Sent("client A", block);

        Assert.That(transcript.Read().Select(line => line.Deed), Is.EqualTo([Deed.Sends, Deed.Receives, Deed.Ends]));
    }
}
