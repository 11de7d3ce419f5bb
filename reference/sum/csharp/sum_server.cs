// Sum server: answers every line of two numbers with a line that holds their sum.
//
// Usage: dotnet run sum_server.cs [PORT]        (default port: 50000)

using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

const int DefaultPort = 50000;

var port = args.Length > 0 ? int.Parse(args[0]) : DefaultPort;

// On Linux and macOS .NET sets SO_REUSEADDR, so that the port can be used again as soon as the server is restarted.
using var listener = new TcpListener(IPAddress.Loopback, port);
listener.Start(backlog: 256);

while (true)
{
    var client = await listener.AcceptTcpClientAsync();

    // Not awaited: the next client is served while this one is still talking.
    _ = ServeAsync(client);
}

// Answers one client's requests until it has no more.
static async Task ServeAsync(TcpClient client)
{
    using (client)
    {
        try
        {
            // ASCII never fails: bytes that are no text become '?', and so no number.
            // The reader keeps what has come until a line is whole, however TCP has cut the stream.
            using var requests = new StreamReader(client.GetStream(), Encoding.ASCII);
            while (await requests.ReadLineAsync() is { } line)
            {
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"{Answer(line)}\n"));
            }
        }
        catch (IOException)
        {
            // This client broke off its connection. That is no reason to stop serving the others.
        }
    }
}

// The reply to one request, without its newline.
static string Answer(string line)
{
    var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
    return words.Length == 2 && IsNumber(words[0]) && IsNumber(words[1])
        ? Add(words[0], words[1])
        : "error: two numbers are needed, separated by blanks";
}

// [0-9], since \d takes the digits of other scripts too.
static bool IsNumber(string word) => Regex.IsMatch(word, @"\A[+-]?[0-9]+(\.[0-9]+)?\z");

// Both are written with equally many decimal places, added as whole numbers, and the point is put back:
// a double would lose digits of long ones.
static string Add(string first, string second)
{
    var places = Math.Max(CountPlaces(first), CountPlaces(second));
    var sum = ToInteger(first, places) + ToInteger(second, places);
    var digits = BigInteger.Abs(sum).ToString().PadLeft(places + 1, '0');
    var point = digits.Length - places;
    return (sum.Sign < 0 ? "-" : "") + digits[..point] + (places > 0 ? "." + digits[point..] : "");
}

static int CountPlaces(string number) => number.Contains('.') ? number.Length - number.IndexOf('.') - 1 : 0;

static BigInteger ToInteger(string number, int places) =>
    BigInteger.Parse(number.Replace(".", "")) * BigInteger.Pow(10, places - CountPlaces(number));
