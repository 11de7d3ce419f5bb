using System.Net.Sockets;

namespace Homework.Echo;

/// <summary>The conversation with one client.</summary>
internal sealed class EchoConnection(Socket socket)
{
    private readonly byte[] _buffer = new byte[4096];

    public async Task RunAsync()
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            int count;
            while ((count = await stream.ReadAsync(_buffer)) > 0)
            {
                await stream.WriteAsync(_buffer.AsMemory(0, count));
            }
        }
        catch (IOException e)
        {
            Console.Error.WriteLine($"connection lost: {e.Message}");
        }
    }
}
