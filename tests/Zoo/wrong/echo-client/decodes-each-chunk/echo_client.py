import socket
import sys

message = sys.argv[1]
with socket.create_connection(("127.0.0.1", 10000), timeout=10) as server:
    server.sendall(message.encode())
    server.shutdown(socket.SHUT_WR)
    reply = ""
    while part := server.recv(1024):
        reply += part.decode()
if len(reply.encode()) < len(message.encode()):
    sys.exit(f"incomplete: {reply}")
print(reply)
