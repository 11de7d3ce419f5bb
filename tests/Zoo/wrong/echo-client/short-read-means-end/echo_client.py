import socket
import sys

SIZE = 1024

with socket.create_connection(("127.0.0.1", 10000), timeout=10) as server:
    server.sendall(sys.argv[1].encode())
    reply = b""
    while True:
        part = server.recv(SIZE)
        reply += part
        if len(part) < SIZE:
            break
if not reply:
    sys.exit("the server closed without a reply")
sys.stdout.buffer.write(reply + b"\n")
