using System.Text;
using Grader.Checks;
using Grader.Clients;

namespace Grader.Assignments.Sum;

/// <summary>A request that is none, and the last of its client: an error line refuses it, and so does a close.</summary>
/// <remarks>Wrong are a number for an answer, and silence on a connection that stays open even so.</remarks>
/// <param name="request">What is sent.</param>
/// <param name="label">What the server puts in front of a sum; a number behind it is an answer as well.</param>
internal sealed class Refusal(ReadOnlyMemory<byte> request, Label label) : Exchange(request)
{
    /// <summary>The sum, where a server may well have understood the request.</summary>
    public Numeral? Sum { get; init; }

    public override async Task ConverseAsync(Client client)
    {
        await client.SendLastAsync(Request);
        await ExpectAsync(client);
        await FinishAsync(client);
    }

    public override async Task ExpectAsync(Client client)
    {
        var heard = await client.HearAsync((bytes, isOver) => isOver ? bytes.Length : null, toTheEnd: true);
        var isSilent = heard.Bytes.Length == 0 && heard.Ending == Ending.None;
        if (isSilent || !IsHarmless(heard.Bytes))
        {
            var expected = Sum is null ? "an error line or a close" : "the sum, an error line or a close";
            throw new CheckFailedException(
                new Failure($"{expected} for {Heard.Quote(Request.Span)}", heard.ToString())
                {
                    Symptom = Symptom.WrongReply,
                    Client = client.Label,
                    HeardBefore = client.HeardBefore,
                    Reply = heard.InPlaceOf(Request, Encoding.ASCII.GetBytes($"{Sum}")) with { MayRefuse = true },
                }
            );
        }
    }

    public override bool IsHarmless(byte[] surplus) => !Encoding.Latin1.GetString(surplus).Split('\n').Any(IsWrong);

    private bool IsWrong(string line) => label.FindAnswer(line) is { } number && !(Sum is { } sum && number.Is(sum));
}
