# readline(1024) gives a long line in parts; each part is answered as if it were a whole one.
import socket
import sys
import threading


def add(line):
    try:
        a, b = line.split()
        return int(a) + int(b) if b"." not in a + b else float(a) + float(b)
    except ValueError:
        return "error: two numbers are needed"


def handle(conn):
    with conn, conn.makefile("rb") as lines:
        try:
            while line := lines.readline(1024):
                conn.sendall(f"{add(line)}\n".encode())
        except OSError:
            pass


server = socket.create_server(("", int(sys.argv[1])), backlog=256)

try:
    while True:
        conn, addr = server.accept()
        threading.Thread(target=handle, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    pass
