"""Answers with a byte every 0.4 seconds, for ever."""

import socket
import sys
import threading
import time


def serve(client):
    try:
        while data := client.recv(1):
            client.sendall(data)
            time.sleep(0.4)
    except OSError:
        client.close()


listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    threading.Thread(target=serve, args=listener.accept()[:1], daemon=True).start()
