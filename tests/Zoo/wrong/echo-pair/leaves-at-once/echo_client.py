import socket
import sys

message = sys.argv[1]
with socket.create_connection(("127.0.0.1", 9999)) as s:
    s.sendall(message.encode())
print(message)
