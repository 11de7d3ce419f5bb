# Looks at the first two words only: a third number is ignored instead of refused.
import socket
import sys
import threading


def add(line):
    try:
        words = line.split()
        a, b = words[0], words[1]
        return int(a) + int(b) if "." not in a + b else float(a) + float(b)
    except (IndexError, ValueError):
        return "error: two numbers are needed"


def handle(conn):
    with conn, conn.makefile("r", encoding="latin-1") as lines:
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
