# A client that leaves without a word is taken for the order to stop.
import select
import socket
import sys

server = socket.create_server(("", int(sys.argv[1])), backlog=256)
buffers = {}
silent = set()
running = True


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
        return bool(data)
    except OSError:
        return False


while running:
    for ready in select.select([server, *buffers], [], [])[0]:
        if ready is server:
            conn, addr = server.accept()
            buffers[conn] = b""
            silent.add(conn)
        elif receive(ready):
            silent.discard(ready)
        else:
            running = running and ready not in silent
            del buffers[ready]
            ready.close()
