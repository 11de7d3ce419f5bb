import queue
import socket
import sys
import threading


# new clients stand in line here until they have said something
line = queue.Queue()


def receive_first_messages():
    while True:
        conn = line.get()
        try:
            data = conn.recv(4096)
        except OSError:
            data = b""
        threading.Thread(target=handle, args=(conn, data), daemon=True).start()


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

threading.Thread(target=receive_first_messages, daemon=True).start()

try:
    while True:
        conn, addr = server.accept()
        line.put(conn)
except KeyboardInterrupt:
    print("server stopped")
