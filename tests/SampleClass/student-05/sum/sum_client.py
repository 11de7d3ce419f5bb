import socket
import sys

PORT = 10001
a = float(sys.argv[1])
b = float(sys.argv[2])

s = socket.socket()
s.settimeout(5)
s.connect(("127.0.0.1", PORT))
s.sendall(f"{a} {b}\n".encode())
reply = b""
while not reply.endswith(b"\n"):
    part = s.recv(4096)
    if len(part) == 0:
        sys.exit("server closed the connection")
    reply += part
print("sum:", reply.decode())
