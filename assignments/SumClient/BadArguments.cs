using Grader.Checks;

namespace Grader.Assignments.SumClient;

/// <summary>What a client cannot make two numbers of.</summary>
/// <param name="words">Its arguments.</param>
internal sealed class BadArguments(params string[] words)
    : Errand([.. words.Select((word, index) => new KeyValuePair<string, string>(index == 0 ? "a" : "b", word))])
{
    public override string Request => "nothing";

    public override string Reply => "an error";

    public override bool IsWhole(ReadOnlySpan<byte> request) => !request.IsEmpty;

    public override bool IsRight(ReadOnlySpan<byte> request) => true;

    // As the handout has it of a server.
    public override byte[] ReplyTo(ReadOnlySpan<byte> request) => "error: two numbers are needed\n"u8.ToArray();

    public override bool IsTold(ReadOnlySpan<byte> output) => !output.IsEmpty;
}
