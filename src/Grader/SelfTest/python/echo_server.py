import socket
import sys

with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=256) as listener:
    while True:
        connection, _ = listener.accept()
        with connection:
            connection.sendall(connection.recv(4096))
