# One thread, no select: every socket is asked in turn, with a short nap in between.
import socket
import sys
import time

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("127.0.0.1", int(sys.argv[1])))
server.listen(256)
server.setblocking(False)
clients = {}


def serve(conn):
    pending = clients[conn]
    try:
        if pending:
            del pending[: conn.send(pending)]
            return
        data = conn.recv(65536)
        if not data:
            conn.close()
            del clients[conn]
            return
        pending += data
        del pending[: conn.send(pending)]
    except BlockingIOError:
        pass
    except OSError:
        conn.close()
        del clients[conn]


try:
    while True:
        try:
            conn, _ = server.accept()
            conn.setblocking(False)
            clients[conn] = bytearray()
        except BlockingIOError:
            pass
        for conn in list(clients):
            serve(conn)
        time.sleep(0.001)
except KeyboardInterrupt:
    pass
