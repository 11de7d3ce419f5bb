import socket
import sys

message = sys.argv[1].encode()
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
    server.settimeout(10)
    server.connect(("localhost", 10000))
    server.sendall(message)
    reply = b""
    while len(reply) < len(message):
        part = server.recv(4096)
        if not part:
            sys.exit(f"incomplete: {reply!r}")
        reply += part
print(reply.decode())
