# One thread reads each new client's first line: one that says nothing keeps all later ones waiting.
import queue
import socket
import sys
import threading

newcomers = queue.Queue()


def add(line):
    try:
        a, b = line.decode("ascii").split()
        return int(a) + int(b) if "." not in a + b else float(a) + float(b)
    except ValueError:
        return "error: two numbers are needed"


def receive_first_lines():
    while True:
        conn = newcomers.get()
        lines = conn.makefile("rb")
        try:
            line = lines.readline()
        except OSError:
            line = b""
        threading.Thread(target=handle, args=(conn, lines, line), daemon=True).start()


def handle(conn, lines, line):
    with conn, lines:
        try:
            while line:
                conn.sendall(f"{add(line)}\n".encode())
                line = lines.readline()
        except OSError:
            pass


threading.Thread(target=receive_first_lines, daemon=True).start()
server = socket.create_server(("", int(sys.argv[1])), backlog=256)
try:
    while True:
        newcomers.put(server.accept()[0])
except KeyboardInterrupt:
    pass
