# decode() stands outside the try: bytes that are no UTF-8 end the server, and with it everybody's connection.
import select
import socket
import sys

server = socket.create_server(("", int(sys.argv[1])), backlog=256)
buffers = {server: b""}


def add(line):
    try:
        a, b = line.split()
        return int(a) + int(b) if "." not in a + b else float(a) + float(b)
    except ValueError:
        return "error: two numbers are needed"


def receive(conn):
    try:
        data = conn.recv(4096)
        *lines, buffers[conn] = (buffers[conn] + data).split(b"\n")
        for line in map(bytes.decode, lines):
            conn.sendall(f"{add(line)}\n".encode())
    except OSError:
        data = b""
    if not data:
        del buffers[conn]
        conn.close()


try:
    while True:
        for ready in select.select(list(buffers), [], [])[0]:
            if ready is server:
                buffers[server.accept()[0]] = b""
            else:
                receive(ready)
except KeyboardInterrupt:
    pass
