# Sockets that do not block are asked again and again, without a pause: it uses a whole core for nothing.
import socket
import sys

server = socket.create_server(("", int(sys.argv[1])), backlog=256)
server.setblocking(False)
buffers = {}


def add(line):
    try:
        a, b = line.decode("ascii").split()
        return int(a) + int(b) if "." not in a + b else float(a) + float(b)
    except ValueError:
        return "error: two numbers are needed"


def receive(conn):
    try:
        data = conn.recv(4096)
        *lines, buffers[conn] = (buffers[conn] + data).split(b"\n")
        for line in lines:
            conn.sendall(f"{add(line)}\n".encode())
    except BlockingIOError:
        return
    except OSError:
        data = b""
    if not data:
        del buffers[conn]
        conn.close()


while True:
    try:
        conn, addr = server.accept()
        conn.setblocking(False)
        buffers[conn] = b""
    except BlockingIOError:
        pass
    for conn in list(buffers):
        receive(conn)
