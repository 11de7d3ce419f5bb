import socket
import sys

message = sys.argv[1].encode()
with socket.create_connection(("127.0.0.1", 10000), timeout=10) as server:
    server.send(message)
    server.shutdown(socket.SHUT_WR)
    reply = b""
    while part := server.recv(4096):
        reply += part
if len(reply) < len(message):
    sys.exit(f"incomplete: {reply[:20].decode()}")
print(reply.decode())
