using Grader.Checks;

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

    public IEnumerable<Check> Checks => Lessons.SelectMany(lesson => lesson.Checks);
}
