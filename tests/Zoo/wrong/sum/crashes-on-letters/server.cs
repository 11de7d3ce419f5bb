// Nobody catches the FormatException: one request that is no number ends the whole server.
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text;

var server = new TcpListener(IPAddress.Any, int.Parse(args[0]));
server.Start(256);
while (true)
{
    var client = server.AcceptTcpClient();
    new Thread(() => Handle(client)) { IsBackground = true }.Start();
}

void Handle(TcpClient client)
{
    try
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { AutoFlush = true };
        string? line;
        while ((line = reader.ReadLine()) != null)
        {
            string[] numbers = line.Split(new[] { ' ', '\t' }, StringSplitOptions.RemoveEmptyEntries);
            if (line.Contains('.'))
                writer.WriteLine(decimal.Parse(numbers[0]) + decimal.Parse(numbers[1]));
            else
                writer.WriteLine(BigInteger.Parse(numbers[0]) + BigInteger.Parse(numbers[1]));
        }
    }
    catch (IOException)
    {
        Console.WriteLine("connection lost");
    }
    finally
    {
        client.Close();
    }
}
