using System;
using System.IO;
using System.Net;
using System.Net.Sockets;

// Sum server, based on the TcpListener example from the lecture
class SumServer
{
    public static void Main(string[] args)
    {
        int port = Int32.Parse(args[0]);
        TcpListener server = new TcpListener(IPAddress.Parse("127.0.0.1"), port);
        server.Start();

        while (true)
        {
            Console.WriteLine("Waiting for a connection... ");
            TcpClient client = server.AcceptTcpClient();
            Console.WriteLine("Connected!");

            StreamReader reader = new StreamReader(client.GetStream());
            StreamWriter writer = new StreamWriter(client.GetStream());
            writer.AutoFlush = true;
            string line;

            // Loop to receive all the requests of the client.
            while ((line = reader.ReadLine()) != null)
            {
                string[] numbers = line.Split(' ');
                try
                {
                    int sum = Int32.Parse(numbers[0]) + Int32.Parse(numbers[1]);
                    writer.WriteLine(sum);
                }
                catch (FormatException)
                {
                    writer.WriteLine("Error: not a number");
                }
            }

            // Shutdown and end connection
            client.Close();
        }
    }
}
