import select
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", int(sys.argv[1])))
server.listen(256)

sockets = [server]

try:
    while True:
        readable, _, _ = select.select(sockets, [], [], 0)
        for sock in readable:
            if sock is server:
                conn, addr = server.accept()
                sockets.append(conn)
                continue
            try:
                data = sock.recv(4096)
                sock.sendall(data)
            except OSError:
                data = b""
            if not data:
                sockets.remove(sock)
                sock.close()
except KeyboardInterrupt:
    print("server stopped")
