import os
import socket
import sys

if len(sys.argv) > 1:
    sys.exit("usage: echo_server.py")

with socket.create_server(("127.0.0.1", int(os.environ["PORT"]))) as server:
    while True:
        client, _ = server.accept()
        with client:
            client.sendall(f"{len(sys.argv) - 1} arguments".encode())
