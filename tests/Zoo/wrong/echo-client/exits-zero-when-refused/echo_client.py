import socket
import sys

message = sys.argv[1].encode()
try:
    server = socket.create_connection(("127.0.0.1", 10000), timeout=10)
except OSError as error:
    print("cannot connect:", error)
    sys.exit()
with server:
    server.sendall(message)
    reply = b""
    while len(reply) < len(message):
        part = server.recv(4096)
        if not part:
            sys.exit(f"incomplete: {reply!r}")
        reply += part
print(reply.decode())
