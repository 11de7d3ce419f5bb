import socket
import sys
import threading


def handle(conn):
    with conn:
        try:
            while data := conn.recv(65536):
                conn.sendall(data)
        except OSError:
            pass


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", int(sys.argv[1])))
server.listen(256)

try:
    threads = []
    for i in range(10):
        conn, addr = server.accept()
        thread = threading.Thread(target=handle, args=(conn,))
        thread.start()
        threads.append(thread)
    for thread in threads:
        thread.join()
except KeyboardInterrupt:
    print("server stopped")
