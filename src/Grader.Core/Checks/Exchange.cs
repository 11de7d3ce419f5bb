using Grader.Clients;

namespace Grader.Checks;

/// <summary>One request of an assignment's protocol, and what is right for a reply to it.</summary>
public abstract class Exchange(ReadOnlyMemory<byte> request)
{
    public ReadOnlyMemory<byte> Request { get; } = request;

    /// <summary>Reads the reply on a connection that stays open for more.</summary>
    /// <exception cref="CheckFailedException">It is wrong, or does not come.</exception>
    public abstract Task ExpectAsync(Client client);

    /// <summary>Whether the protocol lets bytes pass that come after a reply and are none.</summary>
    public virtual bool IsHarmless(byte[] surplus) => false;

    /// <summary>Half-closes after the last reply, and leaves.</summary>
    /// <exception cref="CheckFailedException">More came than the replies.</exception>
    public Task FinishAsync(Client client) => client.FinishAsync(IsHarmless);

    /// <summary>The whole conversation of a client that has this one request.</summary>
    /// <exception cref="CheckFailedException">The reply is wrong, or does not come.</exception>
    public virtual async Task ConverseAsync(Client client)
    {
        await client.ExchangeAsync(this);
        await FinishAsync(client);
    }
}
