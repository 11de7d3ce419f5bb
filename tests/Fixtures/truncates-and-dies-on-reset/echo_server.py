import socket
import sys

with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
    while True:
        client, _ = server.accept()
        with client:
            # A reset makes recv raise, and nobody catches it.
            while data := client.recv(4096):
                client.sendall(data[:16])
