import socket
import sys
import threading
from decimal import Decimal, InvalidOperation


def number(word):
    return Decimal(word) if "." in word else int(word)


def add(line):
    try:
        a, b = line.split()
        return str(number(a) + number(b))
    except (ValueError, InvalidOperation):
        return "error: send two numbers"


def handle(conn):
    try:
        with conn, conn.makefile("r", encoding="latin-1", newline="\n") as lines:
            line = lines.readline()
            if line:
                conn.sendall((add(line) + "\n").encode())
    except OSError:
        pass


server = socket.create_server(("", int(sys.argv[1])), backlog=256)

try:
    while True:
        conn, addr = server.accept()
        threading.Thread(target=handle, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    print("server stopped")
