import socket
import sys
import threading


def handle(conn):
    with conn:
        try:
            while True:
                data = conn.recv(4096)
                if not data:
                    break
                conn.sendall(data)
        except OSError:
            pass


server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("", int(sys.argv[1])))
server.listen(256)

while True:
    try:
        conn, addr = server.accept()
        threading.Thread(target=handle, args=(conn,), daemon=True).start()
    except:
        # never stop, whatever happens
        print("something went wrong, going on")
