namespace Grader.Fuzzing;

/// <summary>Simpler conversations than one that failed, in each way those first that leave out most.</summary>
internal static class ConversationShrinker
{
    // What a message is made of once its bytes turned out not to matter; a request to add has digits.
    private static readonly byte[] Plain = [(byte)'a', (byte)'1'];

    // In each size, from the beginning and from the end: between them, one cut of a long message is like another.
    private const int Ends = 4;

    /// <summary>The ways to make a conversation simpler, each worth trying until it leads no further.</summary>
    public static IReadOnlyList<Func<Conversation, IEnumerable<Conversation>>> Ways { get; } =
    [WithoutClients, WithoutMoves, WithJoinedSends, WithLess];

    /// <summary>Whether a conversation has less in it, or as much that is plainer.</summary>
    public static bool IsSimpler(Conversation conversation, Conversation other) =>
        Measure(conversation).CompareTo(Measure(other)) < 0;

    private static (int Size, int Special) Measure(Conversation conversation) =>
        (
            conversation.Moves.Sum(move => 1 + move.Bytes.Length),
            conversation.Moves.Sum(move =>
                move.Bytes.Length - move.Bytes.Span.Count(Plain[0]) - move.Bytes.Span.Count(Plain[1])
            )
        );

    private static IEnumerable<Conversation> WithoutClients(Conversation conversation) =>
        from client in conversation.Moves.Select(move => move.Client).Distinct()
        select new Conversation([.. conversation.Moves.Where(move => move.Client != client)]);

    private static IEnumerable<Conversation> WithoutMoves(Conversation conversation) =>
        from cut in Cuts(conversation.Moves.Count)
        select new Conversation([.. conversation.Moves.Take(cut.Start), .. conversation.Moves.Skip(cut.End)]);

    private static IEnumerable<Conversation> WithJoinedSends(Conversation conversation)
    {
        var moves = conversation.Moves;
        for (var index = 1; index < moves.Count; index++)
        {
            if (
                moves[index] is { Act: Act.Sends } next
                && moves[index - 1] == next with { Bytes = moves[index - 1].Bytes }
            )
            {
                var joined = next with { Bytes = (byte[])[.. moves[index - 1].Bytes.Span, .. next.Bytes.Span] };
                yield return new Conversation([.. moves.Take(index - 1), joined, .. moves.Skip(index + 1)]);
            }
        }
    }

    private static IEnumerable<Conversation> WithLess(Conversation conversation) =>
        from index in Enumerable.Range(0, conversation.Moves.Count)
        let move = conversation.Moves[index]
        where move.Act == Act.Sends
        from bytes in Shrink(move.Bytes.ToArray())
        select new Conversation([
            .. conversation.Moves.Take(index),
            move with
            {
                Bytes = bytes,
            },
            .. conversation.Moves.Skip(index + 1),
        ]);

    private static IEnumerable<byte[]> Shrink(byte[] bytes)
    {
        foreach (var (start, end) in Cuts(bytes.Length).Where(cut => cut.Start > 0 || cut.End < bytes.Length))
        {
            yield return [.. bytes[..start], .. bytes[end..]];
        }

        foreach (var plain in Plain)
        {
            foreach (var (start, end) in Cuts(bytes.Length))
            {
                if (bytes[start..end].Any(value => !Plain.Contains(value)))
                {
                    byte[] simpler = [.. bytes];
                    simpler.AsSpan(start..end).Fill(plain);
                    yield return simpler;
                }
            }
        }
    }

    // The whole, its halves, their halves, and so on down to single ones.
    private static IEnumerable<(int Start, int End)> Cuts(int count)
    {
        for (var size = count; size > 0; size = size > 1 ? (size + 1) / 2 : 0)
        {
            var starts = Enumerable.Range(0, (count + size - 1) / size).Select(index => index * size).ToList();
            foreach (var start in starts.Take(Ends).Concat(starts.Skip(Ends).TakeLast(Ends)))
            {
                yield return (start, Math.Min(count, start + size));
            }
        }
    }
}
