import select
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", int(sys.argv[1])))
server.listen(256)

sockets = [server]
sizes = {}

try:
    while True:
        readable, _, _ = select.select(sockets, [], [])
        for sock in readable:
            if sock is server:
                conn, addr = server.accept()
                sockets.append(conn)
                sizes[conn] = []
                continue
            try:
                data = sock.recv(4096)
                sock.sendall(data)
            except OSError:
                data = b""
                sizes[sock].append(0)
            if data:
                sizes[sock].append(len(data))
            else:
                print("average size:", sum(sizes[sock]) / len(sizes[sock]))
                sockets.remove(sock)
                sock.close()
except KeyboardInterrupt:
    print("server stopped")
