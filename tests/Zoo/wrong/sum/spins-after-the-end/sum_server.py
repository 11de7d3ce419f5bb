# recv returns nothing at the end of file, at once and for ever: the loop never ends, and burns a core for each client.
import socket
import sys
import threading


def number(word):
    return float(word) if "." in word else int(word)


def handle(conn):
    buffer = ""
    while True:
        buffer += conn.recv(4096).decode("latin-1")
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
        threading.Thread(target=handle, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    print("server stopped")
