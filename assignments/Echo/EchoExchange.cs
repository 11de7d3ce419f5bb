using Grader.Checks;
using Grader.Clients;

namespace Grader.Assignments.Echo;

/// <summary>A message whose bytes come back, all of them and no others (RFC 862).</summary>
internal sealed class EchoExchange(byte[] message) : Exchange(message)
{
    /// <summary>A message for a check that is about something else than what is in it.</summary>
    public static Exchange Next(Bench bench) => new EchoExchange(bench.Text(24));

    public override Task ExpectAsync(Client client) => client.ExpectAsync(Request);
}
