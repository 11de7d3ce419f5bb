# Each thread has a decimal context of its own: the precision that main sets is not the handlers', which stays at 28.
import decimal
import socket
import sys
import threading

decimal.getcontext().prec = 1000


def add(line):
    try:
        a, b = line.decode("ascii").split()
        return f"{decimal.Decimal(a) + decimal.Decimal(b):f}"
    except (ValueError, decimal.InvalidOperation):
        return "error: two numbers are needed"


def handle(conn):
    with conn, conn.makefile("rb") as lines:
        try:
            for line in lines:
                if len(line) > 1000:
                    break
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
