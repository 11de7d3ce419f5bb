using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Grader.Tests.Launching;

/// <summary>A registry of one npm package, on this machine, for as long as it is not disposed.</summary>
internal sealed class PackageRegistry : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _name;
    private readonly byte[] _tarball;
    private readonly Task _service;

    public PackageRegistry(string name, byte[] tarball)
    {
        _name = name;
        _tarball = tarball;
        _listener.Start();
        Address = $"http://{_listener.LocalEndpoint}/";
        _service = ServeAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _service;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (SocketException)
        {
            // It was stopped.
        }
    }

    private async Task AnswerAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        var request = await reader.ReadLineAsync() ?? "";
        while (!string.IsNullOrEmpty(await reader.ReadLineAsync()))
        {
            // The headers change nothing.
        }

        var body = request.Contains(".tgz", StringComparison.Ordinal) ? _tarball : Describe();
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n"
        );
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        await stream.WriteAsync(body);
    }

    private byte[] Describe()
    {
        const string Version = "1.0.0";
        var package = new Dictionary<string, object>
        {
            ["name"] = _name,
            ["version"] = Version,
            ["dist"] = new Dictionary<string, string> { ["tarball"] = $"{Address}{_name}-{Version}.tgz" },
        };
        return JsonSerializer.SerializeToUtf8Bytes(
            new Dictionary<string, object>
            {
                ["name"] = _name,
                ["dist-tags"] = new Dictionary<string, string> { ["latest"] = Version },
                ["versions"] = new Dictionary<string, object> { [Version] = package },
            }
        );
    }
}
