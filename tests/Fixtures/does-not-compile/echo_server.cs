using System.Net;
using System.Net.Sockets;

var listener = new TcpListener(IPAddress.Loopback, int.Parse(args[0]))
listener.Start();
