using System;
using System.IO;
using System.Net.Sockets;

class SumClient
{
    static void Main(string[] args)
    {
        TcpClient client = new TcpClient("127.0.0.1", 50000);
        client.ReceiveTimeout = 5000;
        StreamWriter writer = new StreamWriter(client.GetStream());
        StreamReader reader = new StreamReader(client.GetStream());
        writer.Write(args[0] + " " + args[1] + "\n");
        writer.Flush();
        Console.WriteLine("The sum is " + reader.ReadLine());
        client.Close();
    }
}
