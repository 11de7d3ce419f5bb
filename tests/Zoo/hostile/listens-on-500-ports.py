"""Listens on 500 ports, in the server as well."""

import os
import socket

for port in range(30_000, 30_500):
    os.set_inheritable(socket.create_server(("127.0.0.1", port)).detach(), True)
