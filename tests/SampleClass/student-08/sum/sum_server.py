#!/usr/bin/env python3
# sum server
# finished at last, will test it tomorrow

import socket
import sys
import threading

def serve(conn):
    with conn:
        while True:
            data = conn.recv(1024)
            if not data:
                return
            a, b = data.decode().split()
            # recv gives text, so it has to be a number first
            result = eval(a) + eval(b)
            print('result is', result)
            conn.sendall(result)

def main():
    port = int(sys.argv[1])
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # so that we can restart the server immediately
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(('', port))
    sock.listen()
    while True:
        conn, addr = sock.accept()
        threading.Thread(target=serve, args=(conn,)).start()

if __name__ == '__main__':
    main()
