import socket
import sys

with socket.create_connection(("127.0.0.1", 10000), timeout=10) as server:
    server.sendall(sys.argv[1].encode())
    reply = server.recv(65536)
if not reply:
    sys.exit("the server closed without a reply")
sys.stdout.buffer.write(reply + b"\n")
