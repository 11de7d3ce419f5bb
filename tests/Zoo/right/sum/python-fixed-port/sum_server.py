# The port is fixed, the answer is an equation, and who does not send two numbers is disconnected.
import socket
import threading
from decimal import Context, Decimal

HOST = "127.0.0.1"
PORT = 50000

EXACT = Context(prec=400)


def serve(conn, addr):
    with conn, conn.makefile("r", encoding="ascii", newline="\n") as lines:
        try:
            for line in lines:
                a, b = line.split()
                if len(line) > 400 or not a[-1].isdigit() or not b[-1].isdigit():
                    raise ValueError(line)
                total = EXACT.add(Decimal(a), Decimal(b))
                conn.sendall(f"{a} + {b} = {total:f}\n".encode())
        except (ValueError, ArithmeticError):
            print(addr, "did not send two numbers")
        except OSError as error:
            print(addr, "is gone:", error)


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind((HOST, PORT))
server.listen(256)
print("listening on port", PORT)

try:
    while True:
        conn, addr = server.accept()
        threading.Thread(target=serve, args=(conn, addr), daemon=True).start()
except KeyboardInterrupt:
    server.close()
