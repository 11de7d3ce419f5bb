using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text;

// Usage: SumServer PORT
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
            using var writer = new StreamWriter(client.GetStream(), Encoding.Latin1) { AutoFlush = true, NewLine = "\n" };
            while (reader.ReadLine() is { } line)
            {
                writer.WriteLine(Answer(line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)));
            }
        }
        catch (IOException e)
        {
            Console.WriteLine("client lost: " + e.Message);
        }
    }
}

static string Answer(string[] words)
{
    if (words.Length != 2)
    {
        return "Sorry, I can add two numbers only.";
    }

    // Whole numbers of any length; decimal has 28 digits for the others.
    if (BigInteger.TryParse(words[0], out var a) && BigInteger.TryParse(words[1], out var b))
    {
        return $"The sum of {a} and {b} is {a + b}.";
    }

    const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
    var culture = CultureInfo.InvariantCulture;
    return decimal.TryParse(words[0], Style, culture, out var x) && decimal.TryParse(words[1], Style, culture, out var y)
        ? string.Create(culture, $"The sum of {x} and {y} is {x + y}.")
        : "Sorry, these are no numbers.";
}
