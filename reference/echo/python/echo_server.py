"""Echo server: every client gets back exactly the bytes that it sends.

Usage: python3 echo_server.py [PORT]        (default port: 10000)
"""

import socket
import sys
import threading

HOST = "127.0.0.1"
DEFAULT_PORT = 10000
CHUNK_SIZE = 16 * 1024


def echo(client):
    """Returns to one client what it sends, until it has nothing more to say."""
    with client:
        try:
            # TCP is a stream: one recv is not one message, it is whatever has arrived so far.
            # No bytes at all mean that the client has closed its side.
            while chunk := client.recv(CHUNK_SIZE):
                # Bytes go back as bytes; sendall repeats send until the last one has been taken.
                client.sendall(chunk)
        except OSError:
            # This client broke off its connection. That is no reason to stop serving the others.
            pass


def main():
    port = int(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_PORT

    # create_server sets SO_REUSEADDR, so that the port can be used again as soon as the server is restarted.
    with socket.create_server((HOST, port), backlog=256) as listener:
        while True:
            client, _ = listener.accept()
            # A daemon thread does not keep the program alive when it is interrupted.
            threading.Thread(target=echo, args=(client,), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        # Ctrl+C is how this server is meant to end.
        pass
