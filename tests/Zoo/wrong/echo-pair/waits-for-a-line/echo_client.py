import socket
import sys

message = sys.argv[1].encode()
with socket.create_connection(("localhost", 9999)) as server:
    server.sendall(message)
    reply = b""
    while len(reply) < len(message):
        reply += server.recv(1024)
print(reply.decode())
