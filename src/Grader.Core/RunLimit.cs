namespace Grader;

/// <summary>How long a whole run may take.</summary>
/// <param name="Length">In the words of whoever set it.</param>
/// <param name="Struck">Cancelled when the time is over.</param>
public sealed record RunLimit(string Length, CancellationToken Struck)
{
    public static readonly RunLimit None = new("none", CancellationToken.None);

    public bool HasStruck => Struck.IsCancellationRequested;

    /// <summary>"the limit of the whole run (5m)".</summary>
    public string Name => $"the limit of the whole run ({Length})";
}
