import select
import socket
import sys
import threading


MAX_MESSAGES = 4
# Longer than a busy machine takes from one byte to the next.
PAUSE = 0.5
BLOCK = 64 * 1024


def handle(conn):
    messages = 0
    with conn:
        try:
            while messages < MAX_MESSAGES:
                message = conn.recv(4096)
                if not message:
                    break
                is_file = False
                # the first one is answered at once, a later one when the client makes a pause
                while messages > 0 and select.select([conn], [], [], PAUSE)[0]:
                    data = conn.recv(4096)
                    if not data:
                        break
                    message += data
                    if len(message) >= BLOCK:
                        # so much is no message but a file, which goes back in blocks
                        is_file = True
                        conn.sendall(message)
                        message = b""
                conn.sendall(message)
                if not is_file:
                    messages += 1
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
