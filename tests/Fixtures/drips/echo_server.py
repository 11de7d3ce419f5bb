import socket
import sys
import time

with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
    while True:
        client, _ = server.accept()
        with client:
            while True:
                client.sendall(b"x")
                time.sleep(0.01)
