namespace Grader.Diagnosis;

/// <summary>A conversation that judges nothing: what a server that failed checks says, and when, tells causes apart.</summary>
/// <param name="Id">By which causes find what was heard.</param>
/// <param name="Messages">What the client sends, one after the other, each when the server rests.</param>
public sealed record Exploration(string Id, IReadOnlyList<ReadOnlyMemory<byte>> Messages);

/// <summary>What an exploration heard.</summary>
/// <param name="Heard">Before the first message, after each of them, and after the client's end of file.</param>
/// <param name="EndedAfter">The index in <paramref name="Heard"/> in which the server hung up; null if it never did.</param>
public sealed record Explored(IReadOnlyList<byte[]> Heard, int? EndedAfter)
{
    /// <summary>What the server says before it is asked.</summary>
    public byte[] Greeting => Heard[0];

    /// <summary>Whether no byte came before this step, and some in it.</summary>
    public bool BeginsToSpeakAt(int step) =>
        Heard.Take(step).All(bytes => bytes.Length == 0) && Heard.ElementAtOrDefault(step) is { Length: > 0 };
}
