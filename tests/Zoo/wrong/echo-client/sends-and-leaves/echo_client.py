import socket
import sys

with socket.create_connection(("127.0.0.1", 10000), timeout=10) as server:
    server.sendall(sys.argv[1].encode())
print("Message sent.")
