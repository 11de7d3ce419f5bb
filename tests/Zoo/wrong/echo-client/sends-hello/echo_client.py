import socket
import sys

with socket.create_connection(("127.0.0.1", 10000), timeout=10) as server:
    server.sendall(b"Hello, server")
    server.shutdown(socket.SHUT_WR)
    reply = b""
    while part := server.recv(4096):
        reply += part
if len(reply) < 5:
    sys.exit(f"the server closed too early: {reply.decode()}")
print(reply.decode())
