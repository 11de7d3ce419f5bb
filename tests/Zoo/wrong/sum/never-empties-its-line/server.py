# the buffer is never emptied between clients: what one leaves unfinished is the beginning of the next one's line
import socket, sys, threading
buffer = b""
def number(w): return float(w) if b"." in w else int(w)
def add(line):
    try:
        a, b = line.split()
        return number(a) + number(b)
    except ValueError:
        return "error"
def handle(conn):
    global buffer
    with conn:
        try:
            while data := conn.recv(4096):
                buffer += data
                while b"\n" in buffer:
                    line, buffer = buffer.split(b"\n", 1)
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
