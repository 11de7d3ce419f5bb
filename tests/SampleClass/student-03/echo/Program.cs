using System.Net;
using System.Net.Sockets;

namespace EchoServer;

class Program
{
    static async Task Main(string[] args)
    {
        int port = args.Length > 0 ? int.Parse(args[0]) : 8080;

        Socket server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        server.Bind(new IPEndPoint(IPAddress.Any, port));
        server.Listen(512);
        Console.WriteLine("Listening on port " + port);

        while (true)
        {
            Socket client = await server.AcceptAsync();
            Console.WriteLine("Client connected: " + client.RemoteEndPoint);

            // every client runs in its own task
            _ = Task.Run(() => HandleClient(client));
        }
    }

    static async Task HandleClient(Socket client)
    {
        byte[] buffer = new byte[4096];

        try
        {
            while (true)
            {
                int received = await client.ReceiveAsync(buffer);
                if (received == 0)
                {
                    break; // the client has closed the connection
                }

                // SendAsync may send only a part, so repeat until everything is out
                int sent = 0;
                while (sent < received)
                {
                    sent += await client.SendAsync(buffer.AsMemory(sent, received - sent));
                }
            }
        }
        catch (SocketException e)
        {
            Console.WriteLine("Client gone: " + e.SocketErrorCode);
        }
        finally
        {
            client.Close();
        }
    }
}
