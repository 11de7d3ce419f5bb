# Several lines may come at once; this server answers the first of them and throws the others away.
import socket
import sys
import threading


def number(word):
    return float(word) if "." in word else int(word)


def receive_line(conn):
    data = b""
    while b"\n" not in data:
        received = conn.recv(4096)
        if not received:
            return None
        data += received
    return data.split(b"\n")[0].decode("latin-1")


def handle(conn):
    with conn:
        try:
            while (line := receive_line(conn)) is not None:
                try:
                    a, b = line.split()
                    answer = str(number(a) + number(b))
                except ValueError:
                    answer = "error: send two numbers"
                conn.sendall((answer + "\n").encode())
        except OSError:
            pass


server = socket.create_server(("", int(sys.argv[1])), backlog=256)

try:
    while True:
        conn, addr = server.accept()
        threading.Thread(target=handle, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    print("server stopped")
