import socket
import sys

PORT = 10000
message = sys.argv[1].encode()

s = socket.socket()
s.settimeout(5)
s.connect(("127.0.0.1", PORT))
s.sendall(message)
# read until there is no more
reply = b""
while True:
    part = s.recv(4096)
    if len(part) == 0:
        break
    reply += part
if len(reply) < len(message):
    sys.exit("server closed the connection")
print("reply:", reply.decode())
