import socket
import sys
import threading


def handle(conn, data):
    with conn:
        try:
            while data:
                conn.sendall(data)
                data = conn.recv(4096)
        except OSError:
            pass


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", int(sys.argv[1])))
server.listen(256)

try:
    while True:
        conn, addr = server.accept()
        try:
            hello = conn.recv(4096)
        except OSError:
            conn.close()
            continue
        threading.Thread(target=handle, args=(conn, hello), daemon=True).start()
except KeyboardInterrupt:
    print("server stopped")
