import select
import socket
import sys

host = input("Host: ")
port = int(input("Port: "))

with socket.create_server((host, port)) as server:
    while True:
        client, _ = server.accept()
        with client:
            readable, _, _ = select.select([sys.stdin], [], [], 0)
            client.sendall(b"input has ended" if readable else b"input is open and silent")
