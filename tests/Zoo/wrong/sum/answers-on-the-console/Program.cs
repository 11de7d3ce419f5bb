// The sum is written to the console of the server; the client gets nothing.
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
    using var reader = new StreamReader(client.GetStream());
    try
    {
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 2 && decimal.TryParse(words[0], out var a) && decimal.TryParse(words[1], out var b))
                Console.WriteLine(a + b);
            else
                Console.WriteLine("error");
        }
    }
    catch (IOException)
    {
        Console.WriteLine("connection lost");
    }

    client.Close();
}
