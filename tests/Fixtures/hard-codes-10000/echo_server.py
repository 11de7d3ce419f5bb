# Right in all but one thing: its port is its own, and without SO_REUSEADDR.
import socket
import threading


def serve(connection):
    with connection:
        try:
            while data := connection.recv(4096):
                connection.sendall(data)
        except OSError:
            pass


listener = socket.socket()
listener.bind(("127.0.0.1", 10000))
listener.listen(256)
try:
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=serve, args=(connection,), daemon=True).start()
except KeyboardInterrupt:
    pass
