import codecs
import socket
import sys
import threading


def handle(conn):
    # remembers half a character until the rest has arrived
    decoder = codecs.getincrementaldecoder("utf-8")()
    with conn:
        try:
            while True:
                data = conn.recv(4096)
                if not data:
                    break
                message = decoder.decode(data)
                conn.sendall(message.encode("utf-8"))
        except UnicodeDecodeError as error:
            print("no text:", error)
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
