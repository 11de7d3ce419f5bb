using FsCheck;
using Grader.Checks;

namespace Grader.Fuzzing;

/// <summary>What random clients of an assignment say, and what is right for a reply.</summary>
public sealed record ConversationModel
{
    /// <summary>What a client may send at a time, whole.</summary>
    public required Gen<byte[]> Message { get; init; }

    /// <summary>What bytes of a client ask for, as far as they are whole; null where they are no part of the protocol.</summary>
    public required Func<ReadOnlyMemory<byte>, IReadOnlyList<Exchange>?> Read { get; init; }
}
