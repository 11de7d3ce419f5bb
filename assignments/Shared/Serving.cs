using Grader.Checks;
using Grader.Clients;

namespace Grader.Assignments.Shared;

/// <summary>What our server does with a client's connection.</summary>
internal static class Serving
{
    /// <summary>Answers, and goes on for as long as the client does, as a server that may be asked more.</summary>
    public static async Task AnswerAndStayAsync(Peer peer)
    {
        await peer.HearAsync();
        await peer.SendAsync(peer.Reply);
        await peer.WaitForEndAsync();
    }

    /// <summary>Replies in pieces of so many bytes, each when the client has taken the one before.</summary>
    public static Func<Peer, Task> AnswerInPieces(int size) =>
        async peer =>
        {
            await peer.HearAsync();
            var reply = peer.Reply;
            var pieces = (reply.Length + size - 1) / size;
            await peer.SendInPiecesAsync(reply, [.. Enumerable.Range(1, pieces - 1).Select(piece => piece * size)]);
            await peer.FinishAsync();
        };

    /// <summary>Replies after a while.</summary>
    public static Func<Peer, Task> AnswerAfter(TimeSpan time) =>
        async peer =>
        {
            await peer.HearAsync();
            await peer.WaitAsync(time);
            await peer.SendAsync(peer.Reply);
            await peer.FinishAsync();
        };

    /// <summary>Says nothing, for as long as the client waits.</summary>
    public static async Task StaySilentAsync(Peer peer)
    {
        await peer.HearAsync();
        await peer.HoldAsync();
    }

    /// <summary>Hears the client, says a part of the reply, and closes, or throws the connection away.</summary>
    /// <param name="share">How much of the reply.</param>
    /// <param name="resets">Whether it throws the connection away.</param>
    public static Func<Peer, Task> BreakOff(double share, bool resets) =>
        async peer =>
        {
            await peer.HearAsync();
            var reply = peer.Reply;
            // The client has taken it before the end comes: a reset would throw away what lies unread.
            await peer.SendInPiecesAsync(reply.AsMemory(0, (int)(reply.Length * share)));
            await (resets ? peer.ResetAsync() : peer.FinishAsync());
        };

    /// <summary>Runs the client once; it must print the reply.</summary>
    /// <exception cref="CheckFailedException">It does not.</exception>
    public static async Task ExpectToldAsync(this Bench bench, Errand errand, Func<Peer, Task>? serve = null) =>
        (await bench.Clients.RunAsync(errand, serve)).ExpectTold();
}
