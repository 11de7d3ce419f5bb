"""Echo server with one thread for each client."""

import socket
import sys
import threading


def handle(conn, addr):
    with conn:
        try:
            while data := conn.recv(4096):
                conn.sendall(data)
        except OSError as error:
            print(f"{addr}: {error}", file=sys.stderr)


def main():
    port = int(sys.argv[1])
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("0.0.0.0", port))
        server.listen(256)
        while True:
            conn, addr = server.accept()
            threading.Thread(target=handle, args=(conn, addr), daemon=True).start()


try:
    main()
except KeyboardInterrupt:
    pass
