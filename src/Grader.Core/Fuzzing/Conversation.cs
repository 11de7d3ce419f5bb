using Grader.Checks;
using Grader.Clients;

namespace Grader.Fuzzing;

/// <summary>What several clients do, in order: made by chance, or what is left of that.</summary>
internal sealed record Conversation(IReadOnlyList<Move> Moves)
{
    // In bytes: what a server has still to take and to answer always fits into the buffers of a connection.
    private const int MostUnheard = 16_384;

    /// <summary>The same for the same moves.</summary>
    public string Key =>
        string.Join(' ', Moves.Select(move => $"{move.Client} {move.Act} {Convert.ToHexString(move.Bytes.Span)}"));

    /// <summary>Whether it keeps to the protocol: no client sends after its end, or half a request.</summary>
    public bool IsValid(ConversationModel model)
    {
        var speakers = new Dictionary<int, Speaker>();
        foreach (var move in Moves)
        {
            if (!speakers.TryGetValue(move.Client, out var speaker))
            {
                speakers[move.Client] = speaker = new Speaker(model);
            }

            if (!speaker.TryMove(move))
            {
                return false;
            }
        }

        return speakers.Values.All(speaker => speaker.HasLeft || speaker.TryMove(new Move(0, Act.Leaves)));
    }

    /// <summary>The same for a server that serves one client at a time: each leaves before the next one comes.</summary>
    public Conversation OneAfterTheOther() =>
        new([
            .. Moves
                .GroupBy(move => move.Client)
                .SelectMany(own => own.Where(move => move.Act != Act.Leaves).Append(new Move(own.Key, Act.Leaves))),
        ]);

    /// <summary>Several, one after the other, with other clients each.</summary>
    public static Conversation Join(IEnumerable<Conversation> conversations)
    {
        var moves = new List<Move>();
        var first = 0;
        foreach (var conversation in conversations)
        {
            var present = conversation.Moves.Select(move => move.Client).ToHashSet();
            present.ExceptWith(conversation.Moves.Where(move => move.Act == Act.Leaves).Select(move => move.Client));
            moves.AddRange(
                conversation
                    .Moves.Concat(present.Order().Select(client => new Move(client, Act.Leaves)))
                    .Select(move => move with { Client = first + move.Client })
            );
            first = moves.Max(move => move.Client) + 1;
        }

        return new Conversation(moves);
    }

    /// <summary>Has the conversation with the server at hand.</summary>
    /// <exception cref="CheckFailedException">A reply is wrong, or does not come.</exception>
    public async Task PlayAsync(Bench bench, ConversationModel model)
    {
        var clients = new SortedDictionary<int, (Client Client, Speaker Speaker)>();
        foreach (var move in Moves)
        {
            if (!clients.TryGetValue(move.Client, out var one))
            {
                clients[move.Client] = one = (await bench.ConnectAsync(), new Speaker(model));
            }

            await PlayAsync(move, one.Client, one.Speaker);
        }

        foreach (var (client, speaker) in clients.Values.Where(pair => !pair.Speaker.HasLeft))
        {
            await PlayAsync(new Move(0, Act.Leaves), client, speaker);
        }
    }

    private static async Task PlayAsync(Move move, Client client, Speaker speaker)
    {
        speaker.TryMove(move);
        if (move.Act == Act.Sends)
        {
            await client.SendAsync(move.Bytes);
            await client.WaitUntilTakenAsync();
            return;
        }

        if (move.Act == Act.HalfCloses)
        {
            client.HalfClose();
            return;
        }

        foreach (var exchange in speaker.TakeDue())
        {
            await exchange.ExpectAsync(client);
        }

        if (move.Act == Act.Leaves)
        {
            await client.FinishAsync(speaker.IsHarmless);
        }
    }

    /// <summary>One client as the protocol sees it.</summary>
    private sealed class Speaker(ConversationModel model)
    {
        private readonly List<Exchange> _due = [];
        private byte[] _unread = [];
        private Exchange? _last;
        private bool _hasEnded;

        public bool HasLeft { get; private set; }

        public bool TryMove(Move move)
        {
            if (HasLeft || (_hasEnded && move.Act is Act.Sends or Act.HalfCloses))
            {
                return false;
            }

            if (move.Act == Act.Sends)
            {
                _unread = [.. _unread, .. move.Bytes.Span];
                return move.Bytes.Length > 0 && _unread.Length <= MostUnheard;
            }

            _hasEnded |= move.Act is Act.HalfCloses or Act.Leaves;
            HasLeft = move.Act == Act.Leaves;
            if (move.Act == Act.HalfCloses)
            {
                return true;
            }

            if (model.Read(_unread) is not { } asked)
            {
                return false;
            }

            _due.AddRange(asked);
            _unread = _unread[asked.Sum(exchange => exchange.Request.Length)..];
            return !HasLeft || _unread.Length == 0;
        }

        public Exchange[] TakeDue()
        {
            Exchange[] due = [.. _due];
            _due.Clear();
            _last = due.LastOrDefault() ?? _last;
            return due;
        }

        // A client that has asked nothing has nothing to hold what comes against.
        public bool IsHarmless(byte[] surplus) => _last?.IsHarmless(surplus) ?? true;
    }
}
