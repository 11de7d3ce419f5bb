// Echo server: every client gets back exactly the bytes that it sends.
//
// Usage: dotnet run echo_server.cs [PORT]        (default port: 10000)

using System.Net;
using System.Net.Sockets;

const int DefaultPort = 10_000;
const int ChunkSize = 16 * 1024;

var port = args.Length > 0 ? int.Parse(args[0]) : DefaultPort;

// On Linux and macOS .NET sets SO_REUSEADDR, so that the port can be used again as soon as the server is restarted.
using var listener = new TcpListener(IPAddress.Loopback, port);
listener.Start(backlog: 256);

while (true)
{
    var client = await listener.AcceptTcpClientAsync();

    // Not awaited: the next client is served while this one is still talking.
    _ = EchoAsync(client);
}

// Returns to one client what it sends, until it has nothing more to say.
static async Task EchoAsync(TcpClient client)
{
    using (client)
    {
        try
        {
            var stream = client.GetStream();
            var chunk = new byte[ChunkSize];

            // TCP is a stream: one read is not one message, it is whatever has arrived so far.
            // A count of zero means that the client has closed its side.
            int count;
            while ((count = await stream.ReadAsync(chunk)) > 0)
            {
                // Only the bytes of this read go back: behind them the buffer holds older ones.
                await stream.WriteAsync(chunk.AsMemory(0, count));
            }
        }
        catch (IOException)
        {
            // This client broke off its connection. That is no reason to stop serving the others.
        }
    }
}
