import socket
import sys
import threading

# Echo Server - Homework 2

BUFSIZE = 1024

def client_thread(c, addr):
    print('Got connection from', addr)
    data = c.recv(BUFSIZE)        # receive the message
    print('received', len(data), 'bytes')
    c.sendall(data)               # and send it back
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
