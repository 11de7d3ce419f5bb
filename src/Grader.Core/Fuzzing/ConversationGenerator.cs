using FsCheck;
using FsCheck.Fluent;

namespace Grader.Fuzzing;

/// <summary>Makes conversations by chance: who speaks when, how much in one write, and who half-closes.</summary>
internal static class ConversationGenerator
{
    /// <summary>How many clients take part in a conversation at most.</summary>
    public const int MostClients = 4;

    private const int MostTurns = 4;
    private const int MostPieces = 5;

    // In bytes: of several messages in one write, and of one that is sent byte by byte.
    private const int MostAtOnce = 8192;
    private const int MostByteByByte = 24;

    /// <summary>The conversation of a seed, the same for ever.</summary>
    public static Conversation Make(ConversationModel model, ulong seed) =>
        Conversations(model).Sample(numberOfSamples: 1, new Rnd(seed), size: 10).Single();

    private static Gen<Conversation> Conversations(ConversationModel model) =>
        from count in Gen.Frequency((2, Gen.Constant(1)), (3, Gen.Choose(2, MostClients)))
        from clients in Client(model).ListOf(count)
        from order in Gen.Shuffle(clients.SelectMany((moves, client) => Enumerable.Repeat(client, moves.Count)))
        select new Conversation([.. Merge(clients, order)]);

    private static IEnumerable<Move> Merge(List<List<Move>> clients, IEnumerable<int> order)
    {
        var next = new int[clients.Count];
        return order.Select(client => clients[client][next[client]++] with { Client = client });
    }

    private static Gen<List<Move>> Client(ConversationModel model) =>
        from count in Gen.Choose(0, MostTurns)
        from turns in Turn(model).ListOf(count)
        from halfCloses in Gen.Elements(true, false, false)
        select turns
            .SelectMany(moves => moves)
            // Who half-closes before it reads, still gets everything.
            .SkipLast(halfCloses && turns.LastOrDefault()?[^1].Act == Act.Hears ? 1 : 0)
            .Concat(halfCloses ? [new Move(0, Act.HalfCloses)] : Array.Empty<Move>())
            .Append(new Move(0, Act.Leaves))
            .ToList();

    private static Gen<List<Move>> Turn(ConversationModel model) =>
        from bytes in AtOnce(model.Message)
        from cuts in Cuts(bytes.Length)
        from hears in Gen.Elements(true, true, false)
        select Pieces(bytes, cuts)
            .Select(piece => new Move(0, Act.Sends, piece))
            // What is not read yet must fit into the buffers of a connection.
            .Concat(hears || bytes.Length > MostAtOnce / MostTurns ? [new Move(0, Act.Hears)] : Array.Empty<Move>())
            .ToList();

    private static Gen<byte[]> AtOnce(Gen<byte[]> message) =>
        from count in Gen.Frequency((3, Gen.Constant(1)), (1, Gen.Choose(2, 5)))
        from messages in message.ListOf(count)
        select messages.Aggregate((all, next) => all.Length + next.Length > MostAtOnce ? all : [.. all, .. next]);

    // Where in the message one write ends, and the next begins.
    private static Gen<IEnumerable<int>> Cuts(int length) =>
        length < 2 ? Gen.Constant(Enumerable.Empty<int>())
        : length > MostByteByByte ? Few(length)
        : Gen.Frequency((7, Few(length)), (1, Gen.Constant(Enumerable.Range(1, length - 1))));

    private static Gen<IEnumerable<int>> Few(int length) =>
        from count in Gen.Frequency((1, Gen.Constant(0)), (1, Gen.Choose(1, MostPieces - 1)))
        from cuts in Gen.Choose(1, length - 1).ListOf(count)
        select cuts.Distinct().Order().AsEnumerable();

    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(byte[] bytes, IEnumerable<int> cuts)
    {
        var start = 0;
        foreach (var end in cuts.Append(bytes.Length))
        {
            yield return bytes.AsMemory(start..end);
            start = end;
        }
    }
}
