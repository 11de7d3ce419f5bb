using Grader.Checks;

namespace Grader.Launching;

/// <summary>The server ended before it listened.</summary>
internal sealed class EndedEarlyException(Failure failure) : CheckFailedException(failure);
