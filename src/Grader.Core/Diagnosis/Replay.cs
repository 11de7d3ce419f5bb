namespace Grader.Diagnosis;

/// <summary>How a Python script plays an assignment's protocol, for conversations that a student can have again at home.</summary>
public sealed record Replay
{
    /// <summary>The source of <c>question(n)</c>: the n-th request, and the reply that <c>expect</c> takes.</summary>
    public required string Question { get; init; }

    /// <summary>
    /// The source of <c>expect(who, reply, may_refuse=False)</c>, which ends the script when another reply comes.
    /// </summary>
    public required string Expect { get; init; }

    /// <summary>The replies in these bytes, as <c>expect</c> takes them.</summary>
    public required Func<ReadOnlyMemory<byte>, IReadOnlyList<ReadOnlyMemory<byte>>> Split { get; init; }

    /// <summary>Whether it matters which bytes a long message has.</summary>
    public bool IsExact { get; init; }

    /// <summary>Whether a client that asks once half-closes before it reads.</summary>
    public bool HalfClosesFirst { get; init; }
}
