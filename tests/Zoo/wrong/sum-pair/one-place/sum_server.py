"""Serves one client, and turns away whoever comes meanwhile."""

import decimal
import select
import socket
import time

decimal.getcontext().prec = 60
listener = socket.create_server(("127.0.0.1", 50000))
while True:
    client, _ = listener.accept()
    a, b = client.recv(1024).split()
    # It looks around for a while before it answers.
    end = time.monotonic() + 0.7
    while (left := end - time.monotonic()) > 0:
        if select.select([listener], [], [], left)[0]:
            listener.accept()[0].close()
    client.sendall(f"{decimal.Decimal(a.decode()) + decimal.Decimal(b.decode())}\n".encode())
    client.close()
