namespace Grader.Checks;

/// <summary>A check turned out to mean nothing for this program: it is skipped.</summary>
/// <param name="reason">Completes "skipped": "since the client names an address".</param>
public sealed class CheckSkippedException(string reason) : Exception(reason);
