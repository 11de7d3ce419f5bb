// Sum client: sends two numbers to a sum server and prints its reply.
//
// Usage: dotnet run sum_client.cs A B [PORT [HOST]]        (default: port 50000 on localhost)

using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

const int DefaultPort = 50000;
const string DefaultHost = "localhost";

if (args.Length is < 2 or > 4)
{
    Console.Error.WriteLine("usage: sum_client A B [PORT [HOST]]");
    return 2;
}

foreach (var argument in args.Take(2))
{
    if (!Regex.IsMatch(argument, @"^[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)\z"))
    {
        Console.Error.WriteLine($"sum_client: {argument} is no number");
        return 2;
    }
}

var request = Encoding.UTF8.GetBytes($"{args[0]} {args[1]}\n");
var port = args.Length > 2 ? int.Parse(args[2]) : DefaultPort;
var host = args.Length > 3 ? args[3] : DefaultHost;

try
{
    using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(10));
    using var server = new TcpClient();
    await server.ConnectAsync(host, port, timeout.Token);
    var stream = server.GetStream();
    await stream.WriteAsync(request, timeout.Token);

    // The reply is a line of ASCII: it may come in pieces, and the server need not close after it.
    var reply = "";
    var buffer = new byte[1024];
    while (!reply.EndsWith('\n') && await stream.ReadAsync(buffer, timeout.Token) is var count and > 0)
    {
        reply += Encoding.ASCII.GetString(buffer, 0, count);
    }

    if (reply.EndsWith('\n'))
    {
        Console.Write(reply);
        return 0;
    }

    Console.Error.WriteLine($"sum_client: {host}:{port} closed the connection before its reply was whole");
}
catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
{
    Console.Error.WriteLine($"sum_client: no reply from {host}:{port}: {error.Message}");
}

return 1;
