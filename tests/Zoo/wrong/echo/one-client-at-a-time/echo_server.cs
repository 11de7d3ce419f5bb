using System.Net;
using System.Net.Sockets;

var server = new TcpListener(IPAddress.Any, int.Parse(args[0]));
server.Start(256);

byte[] buffer = new byte[1024];

while (true)
{
    using TcpClient client = server.AcceptTcpClient();
    Console.WriteLine("Connected!");
    try
    {
        NetworkStream stream = client.GetStream();
        int count;
        while ((count = stream.Read(buffer, 0, buffer.Length)) != 0)
        {
            stream.Write(buffer, 0, count);
        }
    }
    catch (IOException e)
    {
        Console.WriteLine("Client lost: " + e.Message);
    }
}
