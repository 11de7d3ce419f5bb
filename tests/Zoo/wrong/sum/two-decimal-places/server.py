# writes every sum with two decimal places, as for money
import socket, sys, threading
def number(w): return float(w) if b"." in w else int(w)
def add(line):
    try:
        a, b = map(number, line.split())
        return a + b if isinstance(a, int) and isinstance(b, int) else f"{a + b:.2f}"
    except ValueError:
        return "error"
def handle(conn):
    with conn, conn.makefile("rb") as lines:
        try:
            for line in lines:
                conn.sendall(f"{add(line)}\n".encode())
        except OSError:
            pass
server = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=256)
try:
    while True:
        conn, addr = server.accept()
        threading.Thread(target=handle, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    pass
