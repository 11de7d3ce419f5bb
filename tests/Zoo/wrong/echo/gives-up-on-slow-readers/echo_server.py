import select
import socket
import sys
import threading


BLOCK = 256 * 1024


def handle(conn):
    with conn:
        try:
            while True:
                data = conn.recv(BLOCK)
                if not data:
                    break
                # few large sends are faster than many small ones: take what else is coming
                while len(data) < BLOCK and select.select([conn], [], [], 0.01)[0]:
                    more = conn.recv(BLOCK - len(data))
                    if not more:
                        break
                    data += more
                # a client that does not read must not block the server
                conn.settimeout(0.15)
                conn.sendall(data)
                conn.settimeout(None)
        except OSError:
            print("client is too slow")


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
