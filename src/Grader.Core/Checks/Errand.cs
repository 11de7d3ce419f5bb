namespace Grader.Checks;

/// <summary>What a client is run for: what it is given, how its request is known, and what it is told.</summary>
/// <param name="inputs">What it is to ask for: by the names of placeholders, in the order of a command line.</param>
public abstract class Errand(IReadOnlyList<KeyValuePair<string, string>> inputs)
{
    private const int Shown = 80;

    public IReadOnlyList<KeyValuePair<string, string>> Inputs { get; } = inputs;

    /// <summary>In quotes: "hello", or "12" and "30".</summary>
    public string Asked =>
        string.Join(" and ", Inputs.Select(input => $"\"{Text.Shorten(Text.Printable(input.Value), Shown)}\""));

    /// <summary>How many bytes of its request are known before; 0 where the client chooses its words.</summary>
    public virtual int Length => 0;

    /// <summary>What is right for a request, in words.</summary>
    public abstract string Request { get; }

    /// <summary>What is right to be printed, in words.</summary>
    public abstract string Reply { get; }

    /// <summary>Whether all that it has to say has come, as far as one can know.</summary>
    public abstract bool IsWhole(ReadOnlySpan<byte> request);

    /// <summary>Whether all that it said is right.</summary>
    public abstract bool IsRight(ReadOnlySpan<byte> request);

    /// <summary>The bytes that our server sends.</summary>
    /// <param name="request">What the client said.</param>
    public abstract byte[] ReplyTo(ReadOnlySpan<byte> request);

    /// <summary>Whether the reply stands in what was printed, whatever stands around it.</summary>
    public abstract bool IsTold(ReadOnlySpan<byte> output);

    /// <summary>Whether what a server of somebody else's said may have been the reply.</summary>
    /// <remarks>How the two write it is their own affair.</remarks>
    public virtual bool IsAnswered(ReadOnlySpan<byte> said) => !said.IsEmpty;

    /// <summary>Whether so much of the reply stands in an output as a client can print that got half of it.</summary>
    public virtual bool IsHalfTold(ReadOnlySpan<byte> output) => false;

    /// <summary>Whether an output has what a client that did not listen would believe to be the reply.</summary>
    public virtual bool IsOwn(ReadOnlySpan<byte> output) => false;

    /// <summary>Whether an output has the very beginning of the reply, such as the first piece of it.</summary>
    public virtual bool IsBegun(ReadOnlySpan<byte> output) => IsHalfTold(output);

    /// <summary>What is left of an output when the reply is taken out of it.</summary>
    public byte[] WithoutReply(ReadOnlySpan<byte> output)
    {
        var printed = Printed;
        var start = output.LastIndexOf(printed);
        return start < 0 ? output.ToArray() : [.. output[..start], .. output[(start + printed.Length)..]];
    }

    /// <summary>The reply as most clients print it.</summary>
    protected virtual ReadOnlySpan<byte> Printed => default;
}
