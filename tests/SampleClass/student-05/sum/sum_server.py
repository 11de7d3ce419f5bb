"""sum server with select, so that it needs no threads"""

import select
import socket
import sys

HOST = ''
PORT = 10001
if len(sys.argv) > 1:
    PORT = int(sys.argv[1])

server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind((HOST, PORT))
server.listen(300)

# all sockets we wait for: the server socket and one for each client
inputs = [server]
# what a client has sent since its last newline
buffers = {}


def add(line):
    numbers = [float(x) if '.' in x else int(x) for x in line.split()]
    return sum(numbers)


while True:
    readable, _, _ = select.select(inputs, [], [])
    for sock in readable:
        if sock is server:
            client, address = server.accept()
            print('connected:', address)
            inputs.append(client)
            buffers[client] = ''
        else:
            data = sock.recv(4096)
            if data:
                buffers[sock] += data.decode()
                while '\n' in buffers[sock]:
                    line, buffers[sock] = buffers[sock].split('\n', 1)
                    sock.sendall(f'{add(line)}\n'.encode())
            else:
                print('closing')
                inputs.remove(sock)
                del buffers[sock]
                sock.close()
