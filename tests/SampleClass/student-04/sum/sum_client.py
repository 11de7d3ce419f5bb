import socket
import sys

# Sum Client - Homework 3

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.connect(('127.0.0.1', int(sys.argv[3])))
s.sendall((sys.argv[1] + ' ' + sys.argv[2]).encode())
print(s.recv(1024).decode())
s.close()
