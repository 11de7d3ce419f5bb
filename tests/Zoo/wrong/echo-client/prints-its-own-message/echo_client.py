import socket
import sys

message = sys.argv[1]
with socket.create_connection(("127.0.0.1", 10000), timeout=10) as server:
    server.sendall(message.encode())
    left = len(message.encode())
    while left > 0:
        part = server.recv(4096)
        if not part:
            sys.exit("the server closed too early")
        left -= len(part)
print("Received:", message)
