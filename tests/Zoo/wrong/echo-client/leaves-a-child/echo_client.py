import os
import socket
import sys
import time

message = sys.argv[1].encode()
with socket.create_connection(("127.0.0.1", 10000), timeout=10) as server:
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
    server.sendall(message)
    reply = b""
    while len(reply) < len(message):
        part = server.recv(4096)
        if not part:
            sys.exit(f"incomplete: {reply!r}")
        reply += part
print(reply.decode())
