# The pattern for a number has no sign in it, so that -5 is read as 5.
import re
import socket
import sys
import threading
from decimal import Context, Decimal

NUMBERS = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
EXACT = Context(prec=6000)


def answer(line):
    numbers = NUMBERS.findall(line)
    if len(numbers) != 2:
        return "error: I need two numbers"
    return f"{EXACT.add(*map(Decimal, numbers)):f}"


def handle(conn):
    with conn, conn.makefile("r", encoding="latin-1") as lines:
        try:
            for line in lines:
                conn.sendall(answer(line).encode() + b"\n")
        except OSError:
            pass


server = socket.create_server(("0.0.0.0", int(sys.argv[1])), backlog=256)

try:
    while True:
        conn, addr = server.accept()
        threading.Thread(target=handle, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    pass
