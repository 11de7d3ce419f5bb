# "if not a" asks whether a number is there, but 0 is there and is false all the same.
import socket
import sys
import threading


def number(word):
    try:
        return float(word) if b"." in word else int(word)
    except ValueError:
        return None


def add(line):
    words = line.split()
    if len(words) != 2:
        return "error: two numbers are needed"
    a, b = map(number, words)
    if not a or not b:
        return "error: not a number"
    return a + b


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
