#!/usr/bin/env python3
import socket
import sys

a, b = sys.argv[1], sys.argv[2]
port = int(sys.argv[3])

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as sock:
    sock.connect(('localhost', port))
    sock.sendall(f'{a} {b}\n'.encode('utf-8'))
    reply = b''
    while not reply.endswith(b'\n'):
        part = sock.recv(1024)
        if not part:
            break
        reply += part
    print(reply.decode('utf-8'), end='')
