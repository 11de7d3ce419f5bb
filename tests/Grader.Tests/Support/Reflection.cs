using Grader.Checks;
using Grader.Clients;

namespace Grader.Tests.Support;

/// <summary>An exchange for the tiny suite: what is sent comes back.</summary>
internal sealed class Reflection(byte[] message) : Exchange(message)
{
    public override Task ExpectAsync(Client client) => client.ExpectAsync(Request);
}
