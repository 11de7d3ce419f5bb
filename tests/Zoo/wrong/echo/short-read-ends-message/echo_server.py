import socket
import sys
import threading


BUFSIZE = 4096
MAX_MESSAGE = 64 * 1024


def receive_message(conn):
    """Receives until recv returns less than it was asked for: then the message is complete."""
    message = b""
    while len(message) < MAX_MESSAGE:
        part = conn.recv(BUFSIZE)
        message += part
        if len(part) < BUFSIZE:
            break
    return message


def handle(conn):
    with conn:
        try:
            while True:
                message = receive_message(conn)
                if not message:
                    break
                conn.sendall(message)
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
