# The total is never set back to 0: every sum has all earlier ones in it.
import socket
import sys
import threading

total = 0


def add(line):
    global total
    words = line.split()
    if len(words) != 2:
        return "error: two numbers are needed"
    try:
        for word in words:
            total += float(word) if b"." in word else int(word)
        return total
    except ValueError:
        return "error: not a number"


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
