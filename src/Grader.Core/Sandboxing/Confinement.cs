using Grader.Launching;

namespace Grader.Sandboxing;

/// <summary>What a program that serves is kept in.</summary>
/// <param name="workspace">The program's.</param>
/// <param name="memory">Bytes that it may hold.</param>
internal sealed class Confinement(Workspace workspace, long memory)
{
    private bool _hasRunOut;

    /// <summary>Whether processes that keep it in stand beside its own.</summary>
    public bool HasKeepers => workspace.HasOwnView;

    public long Memory => memory;

    /// <summary>Null where there are no control groups.</summary>
    public MemoryGroup? Group { get; } =
        workspace.User is null
            ? null
            // What it writes to files in memory counts as well.
            : MemoryGroup.TryCreate(memory + Sandbox.MostBytes + Sandbox.MostBytesAtHome + Sandbox.MostSharedBytes);

    /// <summary>Whether the kernel ended a process of it for want of memory.</summary>
    public bool HasRunOutOfMemory => _hasRunOut || Group?.HasKilled == true;

    /// <summary>What it has too much of on the disk, where its scratch has no end of its own; null for nothing.</summary>
    public string? FindExcess() => workspace.Sandbox is null ? null : workspace.FindExcess(Stint.Serve);

    /// <summary>None of its processes is left.</summary>
    public void End()
    {
        _hasRunOut = HasRunOutOfMemory;
        Group?.Dispose();
    }
}
