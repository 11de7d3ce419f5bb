using System;
using System.Net;
using System.Net.Sockets;

// Echo server, based on the TcpListener example from the lecture
class EchoServer
{
    public static void Main(string[] args)
    {
        int port = Int32.Parse(args[0]);
        TcpListener server = new TcpListener(IPAddress.Parse("127.0.0.1"), port);
        server.Start();

        // Buffer for reading data
        byte[] bytes = new byte[256];

        while (true)
        {
            Console.WriteLine("Waiting for a connection... ");
            TcpClient client = server.AcceptTcpClient();
            Console.WriteLine("Connected!");

            NetworkStream stream = client.GetStream();
            int i;

            // Loop to receive all the data sent by the client.
            while ((i = stream.Read(bytes, 0, bytes.Length)) != 0)
            {
                // Send back a response.
                stream.Write(bytes, 0, i);
            }

            // Shutdown and end connection
            client.Close();
        }
    }
}
