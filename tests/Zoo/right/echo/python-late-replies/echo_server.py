"""Echo server that thinks before every reply."""

import socket
import sys
import threading
import time

SIZE = 64 * 1024


def serve(client):
    with client:
        try:
            while data := client.recv(SIZE):
                time.sleep(0.3)
                client.sendall(data)
        except ConnectionError:
            pass


listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=256)
try:
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=[client], daemon=True).start()
except KeyboardInterrupt:
    pass
