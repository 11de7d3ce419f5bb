#!/usr/bin/env python3
# echo server
# tested on my laptop, works!

import socket
import sys
import threading

def serve(conn):
    with conn:
        while True:
            data = conn.recv(1024)
            if not data:
                return
            conn.sendall(data)

def main():
    port = int(sys.argv[1])
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # so that we can restart the server immediately
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADRESS, 1)
    sock.bind(('', port))
    sock.listen()
    while True:
        conn, addr = sock.accept()
        threading.Thread(target=serve, args=(conn,)).start()

if __name__ == '__main__':
    main()
