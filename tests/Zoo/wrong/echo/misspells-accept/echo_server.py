import socket
import sys

PORT = int(sys.argv[1])

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
server.bind(("localhost", PORT))
server.listen()
print("waiting for clients")

while True:
    client, address = server.acept()
    while True:
        data = client.recv(1024)
        if not data:
            break
        client.sendall(data)
    client.close()
