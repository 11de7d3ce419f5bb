import socket
import sys

message = sys.argv[1].encode()
with socket.create_connection(("127.0.0.1", 10000)) as server:
    server.sendall(message)
    reply = b""
    while len(reply) < len(message):
        part = server.recv(4096)
        if not part:
            sys.exit(f"incomplete: {reply!r}")
        reply += part
print(reply.decode())
