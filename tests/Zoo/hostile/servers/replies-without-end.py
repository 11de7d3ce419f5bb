"""Answers with a reply that never ends."""

import socket
import sys
import threading


def serve(client):
    client.recv(1)
    try:
        while True:
            client.sendall(b"more and more " * 1000)
    except OSError:
        client.close()


listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    threading.Thread(target=serve, args=listener.accept()[:1], daemon=True).start()
