namespace Grader.Fuzzing;

/// <summary>What a client of a conversation does.</summary>
internal enum Act
{
    /// <summary>It sends bytes in one write, and waits until the server has taken them.</summary>
    Sends,

    /// <summary>It reads the replies to all that it has asked.</summary>
    Hears,

    /// <summary>It says that it will send no more (FIN).</summary>
    HalfCloses,

    /// <summary>It reads what is due, half-closes, and leaves; more bytes than that are wrong.</summary>
    Leaves,
}

/// <summary>One event of a conversation; who moves for the first time connects.</summary>
internal sealed record Move(int Client, Act Act, ReadOnlyMemory<byte> Bytes = default);
