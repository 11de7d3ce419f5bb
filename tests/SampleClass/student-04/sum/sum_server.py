import socket
import sys
import threading

# Sum Server - Homework 3

BUFSIZE = 1024

def client_thread(c, addr):
    print('Got connection from', addr)
    data = c.recv(BUFSIZE)        # receive the two numbers
    a, b = data.decode().split()
    if '.' in a or '.' in b:
        result = float(a) + float(b)
    else:
        result = int(a) + int(b)
    print(a, '+', b, '=', result)
    c.sendall(str(result).encode())
    c.close()

s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('0.0.0.0', int(sys.argv[1])))
s.listen(5)
print('waiting for connections ...')

while True:
    c, addr = s.accept()
    th = threading.Thread(target=client_thread, args=(c, addr))
    th.start()
