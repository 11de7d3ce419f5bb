import socket
import sys
from decimal import Decimal, localcontext

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen(256)


def add(a, b):
    with localcontext() as context:
        context.prec = max(len(a), len(b)) + 2
        return format(Decimal(a) + Decimal(b), "f")


try:
    while True:
        conn, addr = server.accept()
        with conn, conn.makefile("r") as lines:
            while True:
                # at the end the line is empty, and split gives nothing
                a, b = lines.readline().split()
                conn.sendall(f"{add(a, b)}\n".encode())
except KeyboardInterrupt:
    pass
