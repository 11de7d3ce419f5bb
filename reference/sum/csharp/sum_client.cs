// Sum client: sends two numbers to a sum server and prints its reply.
//
// Usage: dotnet run sum_client.cs A B [PORT [HOST]]        (default: port 50000 on 127.0.0.1)

using System.Net.Sockets;
using System.Text;

const int DefaultPort = 50000;
const string DefaultHost = "127.0.0.1";

if (args.Length is < 2 or > 4)
{
    Console.Error.WriteLine("usage: sum_client A B [PORT [HOST]]");
    return 2;
}

var request = Encoding.UTF8.GetBytes($"{args[0]} {args[1]}\n");
var port = args.Length > 2 ? int.Parse(args[2]) : DefaultPort;
var host = args.Length > 3 ? args[3] : DefaultHost;

try
{
    using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
    using var server = new TcpClient();
    await server.ConnectAsync(host, port, timeout.Token);
    await server.GetStream().WriteAsync(request, timeout.Token);

    // The reply is a line: it may come in pieces, and the server need not close after it.
    using var replies = new StreamReader(server.GetStream(), Encoding.UTF8);
    if (await replies.ReadLineAsync(timeout.Token) is { } reply)
    {
        Console.WriteLine(reply);
        return 0;
    }

    Console.Error.WriteLine($"sum_client: {host}:{port} closed the connection without a reply");
}
catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
{
    Console.Error.WriteLine($"sum_client: no reply from {host}:{port}: {error.Message}");
}

return 1;
