import socket
import sys

server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("", int(sys.argv[1])))
print("echo server is ready")

try:
    while True:
        data, address = server.recvfrom(65535)
        server.sendto(data, address)
except KeyboardInterrupt:
    print("bye")
