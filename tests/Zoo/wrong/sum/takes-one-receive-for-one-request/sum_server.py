# One receive is taken for one request, whatever it brings: half a line is answered, and two lines are.
import socket
import sys
import threading


def number(word):
    return float(word) if "." in word else int(word)


def handle(conn):
    with conn:
        try:
            while True:
                data = conn.recv(1024)
                if not data:
                    break
                try:
                    a, b = data.decode("latin-1").split()
                    answer = str(number(a) + number(b))
                except ValueError:
                    answer = "error: send two numbers"
                conn.sendall((answer + "\n").encode())
        except OSError:
            pass


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
