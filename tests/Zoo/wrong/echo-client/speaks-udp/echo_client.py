import socket
import sys

with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
    server.settimeout(0.2)
    server.sendto(sys.argv[1].encode(), ("127.0.0.1", 10000))
    print(server.recv(4096).decode())
