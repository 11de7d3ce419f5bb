# A line may come in pieces; this server takes every piece of one for a request of its own.
import socket
import sys
import threading


def number(word):
    return float(word) if "." in word else int(word)


def answer(line):
    try:
        a, b = line.split()
        return str(number(a) + number(b))
    except ValueError:
        return "error: send two numbers"


def handle(conn):
    with conn:
        try:
            while True:
                data = conn.recv(65536)
                if not data:
                    break
                for line in data.decode("latin-1").splitlines():
                    conn.sendall((answer(line) + "\n").encode())
        except OSError:
            pass


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", int(sys.argv[1])))
server.listen(256)

try:
    while True:
        conn, addr = server.accept()
        threading.Thread(target=handle, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    print("server stopped")
