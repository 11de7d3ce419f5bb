using Grader.Checks;
using Grader.Diagnosis;
using Grader.Fuzzing;
using Grader.Launching;
using Grader.Scoring;

namespace Grader;

/// <summary>What of a homework is graded, and the suite that grades it.</summary>
public sealed record Assignment
{
    /// <summary>What most assignments are about.</summary>
    internal const string Server = "server";

    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What one handout asks for together; it is also the name of the folder of its references.</summary>
    public string Homework => Id.Split('-')[0];

    /// <summary>Completes "the ... does": "server", "client".</summary>
    public string Subject { get; init; } = Server;

    /// <summary>File names, without extension, that a server may have, the likeliest first; empty where none is graded.</summary>
    public IReadOnlyList<string> Stems { get; init; } = [];

    /// <summary>Likewise of a client.</summary>
    public IReadOnlyList<string> ClientStems { get; init; } = [];

    /// <summary>The programs that are graded.</summary>
    public IEnumerable<Part> Parts =>
        (Stems.Count > 0 ? [Part.Server] : Array.Empty<Part>()).Concat(ClientStems.Count > 0 ? [Part.Client] : []);

    /// <summary>Where a client looks for its server when nobody tells it.</summary>
    public int DefaultPort { get; init; }

    /// <summary>An exchange for a check that is about something else than what is asked: another one each time.</summary>
    public Func<Bench, Exchange>? Exchange { get; init; }

    /// <summary>An errand for a check that is about something else than what is asked for: another one each time.</summary>
    /// <remarks>Its second argument tells whether the reply is the one that a right server gives.</remarks>
    public Func<Bench, bool, Errand>? Errand { get; init; }

    /// <summary>What a client is given, in words: "the message".</summary>
    public string Given { get; init; } = "";

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

    /// <summary>Another one with every build of the code that its checks are in.</summary>
    internal Guid Version => Checks.First().Run.Method.Module.ModuleVersionId;

    public override string ToString() => Id;

    /// <summary>Whether a folder holds a file for each of its programs, by their names.</summary>
    public bool IsIn(string folder)
    {
        var names = Directory.GetFiles(folder).Select(Path.GetFileNameWithoutExtension).ToList();
        return Parts.All(part => StemsOf(part).Any(stem => names.Contains(stem, StringComparer.OrdinalIgnoreCase)));
    }

    public IReadOnlyList<string> StemsOf(Part part) => part == Part.Server ? Stems : ClientStems;

    public IEnumerable<Check> Checks => Lessons.SelectMany(lesson => lesson.Checks);
}
