import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", int(sys.argv[1])))
server.listen(256)

try:
    while True:
        conn, addr = server.accept()
        with conn:
            try:
                data = conn.recv(1024)
                while data:
                    conn.sendall(data)
            except OSError:
                pass
except KeyboardInterrupt:
    print("server stopped")
