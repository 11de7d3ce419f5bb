using System.Net;
using System.Net.Sockets;

using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
listener.Bind(new IPEndPoint(IPAddress.Loopback, int.Parse(args[0])));
listener.Listen(256);
while (true)
{
    using var connection = listener.Accept();
    var buffer = new byte[4096];
    connection.Send(buffer.AsSpan(0, connection.Receive(buffer)));
}
