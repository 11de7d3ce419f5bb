// Echo client: sends a message to an echo server and prints the reply.
//
// Usage: dotnet run echo_client.cs MESSAGE [PORT [HOST]]        (default: port 10000 on localhost)

using System.Net.Sockets;
using System.Text;

const int DefaultPort = 10_000;
const string DefaultHost = "localhost";

if (args.Length is < 1 or > 3)
{
    Console.Error.WriteLine("usage: echo_client MESSAGE [PORT [HOST]]");
    return 2;
}

var message = Encoding.UTF8.GetBytes(args[0]);
var port = args.Length > 1 ? int.Parse(args[1]) : DefaultPort;
var host = args.Length > 2 ? args[2] : DefaultHost;

try
{
    using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
    using var server = new TcpClient();
    await server.ConnectAsync(host, port, timeout.Token);
    var stream = server.GetStream();

    // A command line is short enough for the buffers on the way: all of it can go before the first byte is read.
    await stream.WriteAsync(message, timeout.Token);

    // Closing only our sending side tells the server that the message is complete; we can still receive.
    server.Client.Shutdown(SocketShutdown.Send);

    // Bytes go straight to standard output: a Console.Write of text would change what is no valid UTF-8.
    await using var output = Console.OpenStandardOutput();
    var chunk = new byte[16 * 1024];
    var received = 0;
    while (await stream.ReadAsync(chunk, timeout.Token) is var count and > 0)
    {
        await output.WriteAsync(chunk.AsMemory(0, count));
        received += count;
    }

    if (received < message.Length)
    {
        Console.Error.WriteLine($"echo_client: {host}:{port} closed the connection before its reply was whole");
        return 1;
    }

    return 0;
}
catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
{
    Console.Error.WriteLine($"echo_client: no reply from {host}:{port}: {error.Message}");
    return 1;
}
