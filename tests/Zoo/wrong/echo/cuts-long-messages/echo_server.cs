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
            byte[] message = new byte[100];
            byte[] rest = new byte[4096];
            int count;
            while ((count = stream.Read(message, 0, message.Length)) > 0)
            {
                // a message has at most 100 characters, the rest is not needed
                while (stream.DataAvailable)
                {
                    stream.Read(rest, 0, rest.Length);
                }

                stream.Write(message, 0, count);
            }
        }
        catch (IOException)
        {
            Console.WriteLine("client has gone");
        }
    }
}
