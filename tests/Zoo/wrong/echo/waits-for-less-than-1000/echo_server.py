import socket
import sys
import threading


def receive_all(conn):
    data = b""
    while True:
        part = conn.recv(1000)
        data += part
        # less than a whole buffer: that was the last of it
        if len(part) < 1000:
            return data


def handle(conn):
    with conn:
        try:
            while data := receive_all(conn):
                conn.sendall(data)
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
