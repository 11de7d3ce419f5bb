import socket
import sys

message = sys.argv[1].encode()
with socket.create_connection(("127.0.0.1", 9999)) as server:
    server.sendall(message)
    server.shutdown(socket.SHUT_WR)
    while part := server.recv(1024):
        sys.stdout.buffer.write(part)
