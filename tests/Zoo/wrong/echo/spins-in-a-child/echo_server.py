"""Echo server with a helper process that is to collect statistics one day."""

import os
import socket
import sys
import threading


def serve(client):
    with client:
        try:
            while data := client.recv(4096):
                client.sendall(data)
        except ConnectionError:
            pass


listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=256)
try:
    if os.fork() == 0:
        while True:
            pass
    while True:
        client, _ = listener.accept()
        threading.Thread(target=serve, args=[client], daemon=True).start()
except KeyboardInterrupt:
    pass
