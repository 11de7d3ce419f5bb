import socket
import sys

with socket.create_server(("127.0.0.1", int(sys.argv[2]))) as server:
    while True:
        client, _ = server.accept()
        with client:
            client.sendall(sys.argv[1].encode())
