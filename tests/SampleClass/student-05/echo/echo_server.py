"""echo server with select, so that it needs no threads"""

import select
import socket
import sys

HOST = ''
PORT = 10000
if len(sys.argv) > 1:
    PORT = int(sys.argv[1])

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind((HOST, PORT))
server.listen(300)

# all sockets we wait for: the server socket and one for each client
inputs = [server]

while True:
    readable, _, _ = select.select(inputs, [], [])
    for sock in readable:
        if sock is server:
            client, address = server.accept()
            print('connected:', address)
            inputs.append(client)
        else:
            data = sock.recv(4096)
            if data:
                sock.sendall(data)
            else:
                print('closing')
                inputs.remove(sock)
                sock.close()
