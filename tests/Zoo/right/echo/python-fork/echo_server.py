"""Echo server with one process for each client, as in Stevens' book."""

import os
import signal
import socket
import sys


def echo(conn):
    try:
        while True:
            data = conn.recv(8192)
            if not data:
                break
            conn.sendall(data)
    except OSError:
        pass  # the client is gone, and so is this process


def main():
    # The kernel collects the children that have ended: no zombies.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)

    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("", int(sys.argv[1])))
    listener.listen(256)

    while True:
        conn, _ = listener.accept()
        if os.fork() == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            listener.close()
            echo(conn)
            os._exit(0)
        # The child has its own copy; ours would keep the connection open.
        conn.close()


try:
    main()
except KeyboardInterrupt:
    sys.exit(130)
