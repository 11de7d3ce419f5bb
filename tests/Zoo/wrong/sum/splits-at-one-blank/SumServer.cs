// Split(' ') cuts at every single blank: two of them leave an empty word between, and a tab cuts nothing.
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text;

var server = new TcpListener(IPAddress.Any, int.Parse(args[0]));
server.Start(256);

while (true)
{
    var client = await server.AcceptTcpClientAsync();
    _ = Task.Run(() => Handle(client));
}

async Task Handle(TcpClient client)
{
    try
    {
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { AutoFlush = true };
        while (await reader.ReadLineAsync() is { } line)
        {
            await writer.WriteLineAsync(Add(line.Split(' ')));
        }
    }
    catch (IOException e)
    {
        Console.WriteLine(e.Message);
    }
    finally
    {
        client.Close();
    }
}

string Add(string[] parts)
{
    if (parts.Length == 2 && BigInteger.TryParse(parts[0], out var a) && BigInteger.TryParse(parts[1], out var b))
        return (a + b).ToString();
    if (parts.Length == 2 && decimal.TryParse(parts[0], out var x) && decimal.TryParse(parts[1], out var y))
        return (x + y).ToString();
    return "Error: two numbers expected";
}
