import socket
import sys

# Echo Client - Homework 2

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(('127.0.0.1', int(sys.argv[2])))
s.sendall(sys.argv[1].encode())
print(s.recv(1024).decode())
s.close()
