using System.Net.Sockets;

namespace Grader.Clients;

/// <summary>The sockets that the reference clients use.</summary>
internal static class ClientSocket
{
    /// <param name="family">IPv4 or IPv6.</param>
    /// <param name="receiveBuffer">In bytes; must be set before connecting, since it bounds the window that TCP offers.</param>
    public static Socket Create(AddressFamily family, int? receiveBuffer)
    {
        // Nagle's algorithm would join the small writes that a check keeps apart.
        var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer is { } size)
        {
            socket.ReceiveBufferSize = size;
        }

        return socket;
    }
}
