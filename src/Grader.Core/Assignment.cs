using Grader.Checks;
using Grader.Diagnosis;
using Grader.Fuzzing;
using Grader.Scoring;

namespace Grader;

/// <summary>A homework: the names its server may have, and the suite that grades it.</summary>
public sealed record Assignment
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>File names, without extension, that a server may have, the likeliest first.</summary>
    public required IReadOnlyList<string> Stems { get; init; }

    /// <summary>An exchange for a check that is about something else than what is asked: another one each time.</summary>
    public required Func<Bench, Exchange> Exchange { get; init; }

    public required IReadOnlyList<Lesson> Lessons { get; init; }

    /// <summary>What may be behind its failed checks.</summary>
    public IReadOnlyList<Misconception> Misconceptions { get; init; } = [];

    /// <summary>What is worth knowing of a server, and costs no points.</summary>
    public Func<Evidence, IEnumerable<Advice>> Advise { get; init; } = _ => [];

    /// <summary>How a script plays its protocol; null where none can.</summary>
    public Replay? Replay { get; init; }

    /// <summary>What random clients say; null where there is no model of them.</summary>
    public ConversationModel? Conversations { get; init; }

    /// <summary>Conversations that tell misconceptions apart.</summary>
    public IReadOnlyList<Exploration> Explorations { get; init; } = [];

    public override string ToString() => Id;

    public IEnumerable<Check> Checks => Lessons.SelectMany(lesson => lesson.Checks);
}
