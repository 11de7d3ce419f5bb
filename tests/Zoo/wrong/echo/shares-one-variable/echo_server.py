import socket
import sys
import threading
import time


data = b""


def handle(conn):
    global data
    with conn:
        try:
            while True:
                received = conn.recv(64 * 1024)
                if not received:
                    break
                data = received
                # simulate some work
                time.sleep(0.03)
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
