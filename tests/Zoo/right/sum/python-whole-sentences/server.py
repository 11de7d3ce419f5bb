# answers in whole sentences, and so do its errors, one of which ends in a number
import socket, sys, threading
def number(w): return float(w) if b"." in w else int(w)
def add(line):
    words = line.split()
    if len(words) != 2:
        return f"Error: the number of words is {len(words)}"
    try:
        return f"The sum is {number(words[0]) + number(words[1])}"
    except ValueError:
        return "Error"
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
