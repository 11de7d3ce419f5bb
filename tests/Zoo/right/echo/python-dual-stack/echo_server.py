"""Echo server for IPv6 and IPv4 clients on one socket."""

import socket
import sys
import threading


def echo(client):
    with client:
        try:
            while chunk := client.recv(4096):
                client.sendall(chunk)
        except OSError:
            pass


def main():
    listener = socket.socket(socket.AF_INET6, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # IPv4 clients come in as ::ffff:a.b.c.d
    listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
    listener.bind(("::", int(sys.argv[1])))
    listener.listen(256)
    while True:
        client, _ = listener.accept()
        threading.Thread(target=echo, args=[client], daemon=True).start()


try:
    main()
except KeyboardInterrupt:
    sys.exit(0)
