using System.Net;
using System.Net.Sockets;

var server = new TcpListener(IPAddress.Any, int.Parse(args[0]));
server.Start(256);

while (true)
{
    var client = server.AcceptTcpClient();
    new Thread(() => Handle(client)) { IsBackground = true }.Start();
}

void Handle(TcpClient client)
{
    using (client)
    {
        try
        {
            NetworkStream stream = client.GetStream();
            byte[] buffer = new byte[256];
            while (stream.Read(buffer, 0, buffer.Length) > 0)
            {
                stream.Write(buffer, 0, buffer.Length);
            }
        }
        catch (IOException)
        {
            Console.WriteLine("client has gone");
        }
    }
}
