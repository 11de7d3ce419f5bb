using System;
using System.Net.Sockets;
using System.Text;

class EchoClient
{
    static void Main(string[] args)
    {
        TcpClient client = new TcpClient();
        try
        {
            client.Connect("127.0.0.1", 10000);
            client.ReceiveTimeout = 5000;
            NetworkStream stream = client.GetStream();
            byte[] message = Encoding.UTF8.GetBytes(args[0]);
            stream.Write(message, 0, message.Length);
            byte[] reply = new byte[message.Length];
            int received = 0;
            while (received < reply.Length)
            {
                int n = stream.Read(reply, received, reply.Length - received);
                if (n == 0) break;
                received += n;
            }
            Console.WriteLine("Echo: " + Encoding.UTF8.GetString(reply, 0, received));
        }
        catch (Exception e)
        {
            // nothing to be done
            Console.WriteLine(e.Message);
        }
        client.Close();
    }
}
