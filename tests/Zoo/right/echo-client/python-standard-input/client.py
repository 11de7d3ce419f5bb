"""Reads the message from standard input, and reads the reply while it sends."""

import selectors
import socket
import sys

message = sys.stdin.buffer.readline().rstrip(b"\r\n")
if not message:
    sys.exit("a line on standard input is needed")

connection = socket.socket()
connection.settimeout(10)
try:
    connection.connect(("127.0.0.1", 10000))
except OSError as error:
    sys.exit(f"cannot connect: {error}")

connection.setblocking(False)
selector = selectors.DefaultSelector()
selector.register(connection, selectors.EVENT_READ | selectors.EVENT_WRITE)
sent = 0
reply = bytearray()
try:
    while len(reply) < len(message):
        ready = selector.select(timeout=10)
        if not ready:
            sys.exit("no reply within 10 s")
        events = ready[0][1]
        if events & selectors.EVENT_WRITE and sent < len(message):
            sent += connection.send(message[sent : sent + 4096])
        if sent == len(message):
            selector.modify(connection, selectors.EVENT_READ)
        if events & selectors.EVENT_READ:
            part = connection.recv(4096)
            if not part:
                sys.exit("the server has closed too early")
            reply += part
except OSError as error:
    sys.exit(f"the connection broke: {error}")

sys.stdout.buffer.write(reply + b"\n")
