// The reply ends nowhere: without a newline a client cannot tell 4 from the beginning of 42.
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text;

var listener = new TcpListener(IPAddress.Any, int.Parse(args[0]));
listener.Start(256);
while (true)
{
    var client = listener.AcceptTcpClient();
    new Thread(() => Serve(client)) { IsBackground = true }.Start();
}

static void Serve(TcpClient client)
{
    using (client)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            while (reader.ReadLine() is { } line)
            {
                client.GetStream().Write(Encoding.ASCII.GetBytes(Add(line)));
            }
        }
        catch (IOException)
        {
            Console.WriteLine("client disconnected");
        }
    }
}

static string Add(string line)
{
    var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    return words.Length != 2 ? "error: two numbers expected"
        : BigInteger.TryParse(words[0], out var a) && BigInteger.TryParse(words[1], out var b) ? (a + b).ToString()
        : decimal.TryParse(words[0], out var x) && decimal.TryParse(words[1], out var y) ? (x + y).ToString()
        : "error: these are no numbers";
}
