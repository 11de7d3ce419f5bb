# After the end of file nobody closes: the client waits for its end of file, and the socket stays open.
import socket
import sys
import threading

clients = []


def number(word):
    return float(word) if "." in word else int(word)


def handle(conn):
    buffer = ""
    while True:
        try:
            data = conn.recv(4096)
        except OSError:
            return
        if not data:
            return
        buffer += data.decode("latin-1")
        while "\n" in buffer:
            line, buffer = buffer.split("\n", 1)
            try:
                a, b = line.split()
                reply = number(a) + number(b)
            except ValueError:
                reply = "error: two numbers are needed"
            conn.sendall(f"{reply}\n".encode())


server = socket.create_server(("", int(sys.argv[1])), backlog=256)
try:
    while True:
        conn, addr = server.accept()
        clients.append(conn)
        threading.Thread(target=handle, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    print("server stopped")
