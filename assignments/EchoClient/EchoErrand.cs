using System.Text;
using Grader.Checks;
using Grader.Clients;

namespace Grader.Assignments.EchoClient;

/// <summary>A message for a client to send, and what our server says in its place.</summary>
/// <param name="message">What the client is given.</param>
/// <param name="reply">Other bytes, as many, where a client that prints its own message shall show; null for the same.</param>
internal sealed class EchoErrand(string message, string? reply = null)
    : Errand([new KeyValuePair<string, string>("message", message)])
{
    /// <summary>Characters of one to four bytes.</summary>
    public const string ManyScripts = "Grüße, κόσμε, мир, 世界, 😀";

    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

    private readonly byte[] _message = Encoding.UTF8.GetBytes(message);
    private readonly byte[] _reply = Encoding.UTF8.GetBytes(reply ?? message);

    /// <summary>A message for a check that is about something else than what is in it.</summary>
    public static Errand Next(Bench bench, bool isTrue) => OfLength(bench, 40, isTrue);

    /// <param name="bench">Draws the letters.</param>
    /// <param name="length">In bytes, of message and reply.</param>
    /// <param name="isTrue">Whether the reply is the message.</param>
    public static Errand OfLength(Bench bench, int length, bool isTrue = false) =>
        // A letter with which hardly a word of anybody's ends.
        new EchoErrand(Draw(bench, length), isTrue ? null : $"Q{Draw(bench, length - 1)}");

    /// <summary>Letters and digits, which no command line and no language takes for anything else.</summary>
    public static string Draw(Bench bench, int length) =>
        string.Create(
            length,
            bench,
            (letters, bench) =>
            {
                for (var i = 0; i < letters.Length; i++)
                {
                    letters[i] = Letters[bench.Number(Letters.Length)];
                }
            }
        );

    public override int Length => _message.Length;

    public override string Request => $"{Heard.Quote(_message)}, and at most a newline after it";

    public override string Reply => $"the reply {Heard.Quote(_reply)} on standard output";

    public override bool IsWhole(ReadOnlySpan<byte> request) => request.IndexOf(_message) >= 0;

    public override bool IsRight(ReadOnlySpan<byte> request) =>
        request.StartsWith(_message) && IsNewline(request[_message.Length..]);

    // As an echo: whoever sends a newline waits for one.
    public override byte[] ReplyTo(ReadOnlySpan<byte> request)
    {
        var start = request.IndexOf(_message);
        return start < 0 ? _reply : [.. request[..start], .. _reply, .. request[(start + _message.Length)..]];
    }

    public override bool IsTold(ReadOnlySpan<byte> output) => output.IndexOf(_reply) >= 0;

    // How the two frame and write a message is their own affair.
    public override bool IsAnswered(ReadOnlySpan<byte> said) => said.Length >= _reply.Length;

    public override bool IsHalfTold(ReadOnlySpan<byte> output) =>
        output.IndexOf(_reply.AsSpan(0, _reply.Length / 3)) >= 0;

    public override bool IsOwn(ReadOnlySpan<byte> output) =>
        !_reply.AsSpan().SequenceEqual(_message) && output.IndexOf(_message) >= 0;

    // The first piece may be a letter, which may stand anywhere: so it is looked for where the output ends.
    public override bool IsBegun(ReadOnlySpan<byte> output)
    {
        var end = output.TrimEnd(" \r\n\t"u8);
        for (var length = 1; length < _reply.Length; length++)
        {
            if (end.EndsWith(_reply.AsSpan(0, length)))
            {
                return true;
            }
        }

        return false;
    }

    protected override ReadOnlySpan<byte> Printed => _reply;

    private static bool IsNewline(ReadOnlySpan<byte> rest) =>
        rest.IsEmpty || rest.SequenceEqual("\n"u8) || rest.SequenceEqual("\r\n"u8);
}
