import socket
import sys
import threading


clients = {}


def handle(conn, ip):
    with conn:
        try:
            # the first message is answered directly, it shows that the client works
            conn.sendall(conn.recv(64 * 1024))
            while True:
                data = conn.recv(64 * 1024)
                if not data:
                    break
                # look up who gets the answer
                clients[ip].sendall(data)
        except OSError:
            pass


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", int(sys.argv[1])))
server.listen(256)

try:
    while True:
        conn, addr = server.accept()
        clients[addr[0]] = conn
        threading.Thread(target=handle, args=(conn, addr[0]), daemon=True).start()
except KeyboardInterrupt:
    print("server stopped")
