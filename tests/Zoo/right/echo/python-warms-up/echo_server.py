"""Echo server that prepares its tables when the first bytes come: two seconds of pure work."""

import socket
import sys
import threading
import time

ready = threading.Lock()
table = []


def prepare():
    with ready:
        if table:
            return
        numbers = 0
        while time.thread_time() < 2:
            numbers += 1
        table.append(numbers)


def serve(client):
    with client:
        try:
            while data := client.recv(4096):
                prepare()
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
