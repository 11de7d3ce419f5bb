"""A second thread keeps the program alive when the first one is done."""

import socket
import sys
import threading
import time

message = sys.argv[1].encode()
server = socket.create_connection(("127.0.0.1", 10000), timeout=10)
server.sendall(message)


def beat():
    while True:
        time.sleep(3600)


threading.Thread(target=beat).start()
reply = b""
while len(reply) < len(message):
    part = server.recv(4096)
    if not part:
        sys.exit("the server closed too early")
    reply += part
print(reply.decode())
