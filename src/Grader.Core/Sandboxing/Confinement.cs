namespace Grader.Sandboxing;

/// <summary>What a program that serves is kept in.</summary>
/// <param name="sandbox">Null where there is none.</param>
/// <param name="memory">Bytes that it may hold.</param>
internal sealed class Confinement(Sandbox? sandbox, long memory)
{
    private bool _hasRunOut;

    public bool IsSandboxed => sandbox is not null;

    public long Memory => memory;

    /// <summary>Null where there are no control groups.</summary>
    public MemoryGroup? Group { get; } = sandbox?.TryGroup(memory);

    /// <summary>Whether the kernel ended a process of it for want of memory.</summary>
    public bool HasRunOutOfMemory => _hasRunOut || Group?.HasKilled == true;

    /// <summary>None of its processes is left.</summary>
    public void End()
    {
        _hasRunOut = HasRunOutOfMemory;
        Group?.Dispose();
    }
}
