# its error line is a usage line, which ends in an example
# PROBE
import socket
import sys
import threading


def add(line):
    try:
        a, b = line.decode("ascii").split()
        return int(a) + int(b) if "." not in a + b else float(a) + float(b)
    except ValueError:
        return "usage: two numbers, for example 12 30"


def handle(conn):
    with conn, conn.makefile("rb") as lines:
        try:
            for line in lines:
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
