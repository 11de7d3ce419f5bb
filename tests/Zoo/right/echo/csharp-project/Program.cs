using System.Net;
using System.Net.Sockets;
using Homework.Echo;

if (args.Length != 1 || !ushort.TryParse(args[0], out var port))
{
    Console.Error.WriteLine("usage: EchoServer PORT");
    return 1;
}

using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
listener.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
listener.Listen(256);
Console.WriteLine($"listening on {listener.LocalEndPoint}");

while (true)
{
    var client = await listener.AcceptAsync();
    _ = new EchoConnection(client).RunAsync();
}
