import socket
import sys

with socket.create_connection(("127.0.0.1", 50000)) as server:
    server.sendall(f"{sys.argv[1]} {sys.argv[2]}\n".encode())
    print(server.recv(1024).decode())
