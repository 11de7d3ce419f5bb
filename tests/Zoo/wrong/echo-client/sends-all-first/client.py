"""Reads the message from standard input."""

import socket
import sys

message = sys.stdin.buffer.readline().rstrip(b"\n")
if not message:
    sys.exit("a message is needed")
with socket.create_connection(("127.0.0.1", 10000), timeout=10) as server:
    server.sendall(message)
    reply = b""
    while len(reply) < len(message):
        part = server.recv(65536)
        if not part:
            sys.exit(f"incomplete: {reply[:20].decode()}")
        reply += part
sys.stdout.buffer.write(reply)
