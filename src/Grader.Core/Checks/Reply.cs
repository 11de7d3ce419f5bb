using Grader.Clients;

namespace Grader.Checks;

/// <summary>A reply that was not as expected, in bytes.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="Expected">The whole right reply.</param>
/// <param name="Matched">How many bytes of it came.</param>
/// <param name="Wrong">What came in place of the next ones, or after all of them; bounded.</param>
/// <param name="Ending">How the connection had ended by then.</param>
public sealed record Reply(
    ReadOnlyMemory<byte> Request,
    ReadOnlyMemory<byte> Expected,
    int Matched,
    ReadOnlyMemory<byte> Wrong,
    Ending Ending
)
{
    /// <summary>Whether an error line, or a close, would have been right as well.</summary>
    public bool MayRefuse { get; init; }

    /// <summary>All that came.</summary>
    public byte[] Received => [.. Expected.Span[..Matched], .. Wrong.Span];

    /// <summary>Whether all that came is known.</summary>
    public bool IsWhole => Wrong.Length < Difference.Context;

    /// <summary>Whether what came is right as far as it goes, and ends too early.</summary>
    public bool IsCut => Wrong.IsEmpty && Matched < Expected.Length;

    /// <summary>Whether no byte came.</summary>
    public bool IsEmpty => Wrong.IsEmpty && Matched == 0;

    /// <summary>Whether the server hung up, rather than to fall silent.</summary>
    public bool IsClosed => Ending != Ending.None;
}
