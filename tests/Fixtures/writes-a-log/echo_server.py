import socket
import sys

with open("log", "wb") as log:
    log.write(bytes(8 << 20))

with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as listener:
    while True:
        connection, _ = listener.accept()
        with connection:
            while data := connection.recv(4096):
                connection.sendall(data)
