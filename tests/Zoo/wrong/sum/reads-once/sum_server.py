import decimal
import socket
import sys


def add(line):
    try:
        a, b = line.split()
        decimal.getcontext().prec = 300
        return format(decimal.Decimal(a.decode()) + decimal.Decimal(b.decode()), "f")
    except (ValueError, ArithmeticError):
        return "error"


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", int(sys.argv[1])))
server.listen(256)

try:
    while True:
        conn, addr = server.accept()
        with conn, conn.makefile("rb") as lines:
            try:
                line = lines.readline()
                while line:
                    conn.sendall(add(line).encode() + b"\n")
            except OSError:
                pass
except KeyboardInterrupt:
    print("server stopped")
