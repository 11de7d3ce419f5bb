import socket
import sys

reply = b""
try:
    message = sys.argv[1].encode()
    with socket.create_connection(("127.0.0.1", 10000), timeout=10) as server:
        server.sendall(message)
        while len(reply) < len(message):
            part = server.recv(4096)
            if not part:
                break
            reply += part
except OSError:
    pass
print("Reply:", reply.decode())
