# int() knows no decimal point, so that 1.5 is refused as if it were no number.
import socket
import sys
import threading


def handle(conn):
    with conn, conn.makefile("r", encoding="latin-1") as lines:
        try:
            for line in lines:
                try:
                    first, second = line.split()
                    answer = str(int(first) + int(second))
                except ValueError:
                    answer = "Invalid input!"
                conn.sendall(answer.encode() + b"\n")
        except OSError:
            pass


server = socket.create_server(("0.0.0.0", int(sys.argv[1])), backlog=256)

try:
    while True:
        conn, addr = server.accept()
        threading.Thread(target=handle, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    pass
