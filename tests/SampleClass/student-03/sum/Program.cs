using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace SumServer;

class Program
{
    static async Task Main(string[] args)
    {
        int port = args.Length > 0 ? int.Parse(args[0]) : 8081;

        var server = new TcpListener(IPAddress.Any, port);
        server.Start(512);
        Console.WriteLine("Listening on port " + port);

        while (true)
        {
            TcpClient client = await server.AcceptTcpClientAsync();

            // every client runs in its own task
            _ = Task.Run(() => HandleClient(client));
        }
    }

    static async Task HandleClient(TcpClient client)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
            using var writer = new StreamWriter(client.GetStream(), Encoding.ASCII) { NewLine = "\n" };

            string? line;
            while ((line = await reader.ReadLineAsync()) != null)
            {
                await writer.WriteLineAsync(Add(line));
                await writer.FlushAsync();
            }
        }
        catch (IOException e)
        {
            Console.WriteLine("Client gone: " + e.Message);
        }
        finally
        {
            client.Close();
        }
    }

    static string Add(string line)
    {
        string[] parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != 2)
        {
            return "error: expected two numbers";
        }

        // decimal has 28 digits, double only 15
        var style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (decimal.TryParse(parts[0], style, CultureInfo.InvariantCulture, out decimal a)
            && decimal.TryParse(parts[1], style, CultureInfo.InvariantCulture, out decimal b))
        {
            return (a + b).ToString(CultureInfo.InvariantCulture);
        }

        return "error: not a number";
    }
}
