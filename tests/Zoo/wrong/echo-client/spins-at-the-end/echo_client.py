import socket
import sys

message = sys.argv[1].encode()
with socket.create_connection(("127.0.0.1", 10000), timeout=10) as server:
    server.sendall(message)
    reply = b""
    while len(reply) < len(message):
        reply += server.recv(4096)
print(reply.decode())
