#!/usr/bin/env python3
import socket
import sys

message = sys.argv[1]
port = int(sys.argv[2])

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
    sock.connect(('localhost', port))
    sock.sendall(message.encode('utf-8'))
    sock.shutdown(socket.SHUT_WR)
    reply = b''
    while True:
        part = sock.recv(1024)
        if not part:
            break
        reply += part
    print(reply.decode('utf-8'), end='')
