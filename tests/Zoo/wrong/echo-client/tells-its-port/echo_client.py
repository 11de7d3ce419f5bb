import socket
import sys
import time

try:
    server = socket.create_connection(("127.0.0.1", 10000), timeout=10)
except OSError as error:
    sys.exit("Cannot connect: %s" % error)

print(time.strftime("%H:%M:%S"), "connected from port", server.getsockname()[1])
message = sys.argv[1].encode()
reply = b""
try:
    server.sendall(message)
    while len(reply) < len(message):
        part = server.recv(4096)
        if not part:
            break
        reply += part
except OSError:
    reply = b""
print("Reply:", reply.decode())
