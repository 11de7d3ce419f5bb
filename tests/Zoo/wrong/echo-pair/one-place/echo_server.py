"""Serves one client, and turns away whoever comes meanwhile."""

import select
import socket
import time

listener = socket.create_server(("127.0.0.1", 9999))
while True:
    client, _ = listener.accept()
    parts = []
    while part := client.recv(1024):
        parts.append(part)
    # It looks around for a while before it answers.
    end = time.monotonic() + 0.7
    while (left := end - time.monotonic()) > 0:
        if select.select([listener], [], [], left)[0]:
            listener.accept()[0].close()
    client.sendall(b"".join(parts))
    client.close()
