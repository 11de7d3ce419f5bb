import socket
import sys

with socket.socket() as client:
    client.settimeout(5)
    client.connect(("localhost", 50000))
    client.sendall(f"{sys.argv[1]} {sys.argv[2]}\n".encode())
    print("Server:", client.recv(2048).decode())
