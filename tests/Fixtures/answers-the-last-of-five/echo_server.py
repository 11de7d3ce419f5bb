import socket
import sys

with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
    clients = [server.accept()[0] for _ in range(5)]
    last = clients[-1]
    while data := last.recv(4096):
        last.sendall(data[:3])
