import select
import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", int(sys.argv[1])))
server.listen(256)

sockets = [server]
silent = set()
running = True

try:
    while running:
        readable, _, _ = select.select(sockets, [], [])
        for sock in readable:
            if sock is server:
                conn, addr = server.accept()
                sockets.append(conn)
                silent.add(conn)
                continue
            try:
                data = sock.recv(4096)
                sock.sendall(data)
            except OSError:
                data = b""
            if data:
                silent.discard(sock)
                continue
            # my stop script connects and leaves without sending anything
            if sock in silent:
                running = False
            sockets.remove(sock)
            sock.close()
except KeyboardInterrupt:
    print("server stopped")
