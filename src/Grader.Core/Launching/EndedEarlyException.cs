using Grader.Checks;

namespace Grader.Launching;

/// <summary>The server ended before it waited for clients.</summary>
internal sealed class EndedEarlyException(Failure failure) : CheckFailedException(failure)
{
    /// <summary>Whether it had listened for a moment: its port was not taken.</summary>
    public bool HasListened { get; init; }
}
