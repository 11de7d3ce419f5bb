# Clients are looked up by IP address: of two from the same one, the last gets everybody's answers.
import socket
import sys
import threading

clients = {}


def add(line):
    try:
        a, b = line.decode("ascii").split()
        return int(a) + int(b) if "." not in a + b else float(a) + float(b)
    except ValueError:
        return "error: two numbers are needed"


def handle(conn, ip):
    with conn, conn.makefile("rb") as lines:
        try:
            # the first answer shows the client that it is welcome
            conn.sendall(f"{add(lines.readline())}\n".encode())
            for line in lines:
                clients[ip].sendall(f"{add(line)}\n".encode())
        except OSError:
            pass


server = socket.create_server(("", int(sys.argv[1])), backlog=256)
try:
    while True:
        conn, addr = server.accept()
        clients[addr[0]] = conn
        threading.Thread(target=handle, args=(conn, addr[0]), daemon=True).start()
except KeyboardInterrupt:
    pass
