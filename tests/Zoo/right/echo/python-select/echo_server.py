"""Echo server in one thread: select tells which sockets are ready."""

import select
import socket
import sys

CHUNK = 4096

listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("", int(sys.argv[1])))
listener.listen(256)
listener.setblocking(False)

# What each client has sent and not yet got back.
pending = {}


def accept():
    try:
        client, _ = listener.accept()
    except OSError:
        return  # it has already gone away
    client.setblocking(False)
    pending[client] = b""


def receive(client):
    try:
        pending[client] = client.recv(CHUNK)
    except OSError:
        pending[client] = b""
    if not pending[client]:
        del pending[client]
        client.close()


def send(client):
    try:
        sent = client.send(pending[client])
        pending[client] = pending[client][sent:]
    except OSError:
        del pending[client]
        client.close()


def main():
    while True:
        # A client that has not taken its echo yet is not read from: so no buffer grows.
        readers = [listener] + [client for client, data in pending.items() if not data]
        writers = [client for client, data in pending.items() if data]
        readable, writable, _ = select.select(readers, writers, [])
        for client in writable:
            send(client)
        for sock in readable:
            if sock is listener:
                accept()
            else:
                receive(sock)


try:
    main()
except KeyboardInterrupt:
    print("interrupted")
