"""Echo client: sends a message to an echo server and prints the reply.

Usage: python3 echo_client.py MESSAGE [PORT [HOST]]        (default: port 10000 on localhost)
"""

import os
import socket
import sys

DEFAULT_PORT = 10000
DEFAULT_HOST = "localhost"
TIMEOUT_SECONDS = 10
CHUNK_SIZE = 16 * 1024


def exchange(message, host, port):
    """Sends the message and returns everything that the server answers."""
    with socket.create_connection((host, port), timeout=TIMEOUT_SECONDS) as server:
        # A command line is short enough for the buffers on the way: all of it can go before the first byte is read.
        server.sendall(message)
        # Closing only our sending side tells the server that the message is complete; we can still receive.
        server.shutdown(socket.SHUT_WR)

        reply = bytearray()
        while chunk := server.recv(CHUNK_SIZE):
            reply += chunk
        return bytes(reply)


def main():
    if not 2 <= len(sys.argv) <= 4:
        print("usage: echo_client.py MESSAGE [PORT [HOST]]", file=sys.stderr)
        return 2

    # The exact bytes that were typed, even when they are no valid text.
    message = os.fsencode(sys.argv[1])
    port = int(sys.argv[2]) if len(sys.argv) > 2 else DEFAULT_PORT
    host = sys.argv[3] if len(sys.argv) > 3 else DEFAULT_HOST

    try:
        reply = exchange(message, host, port)
    except OSError as error:
        print(f"echo_client: no reply from {host}:{port}: {error.strerror or error}", file=sys.stderr)
        return 1

    # print would add a newline that the server never sent.
    sys.stdout.buffer.write(reply)
    sys.stdout.flush()
    if len(reply) < len(message):
        print(f"echo_client: {host}:{port} closed the connection before its reply was whole", file=sys.stderr)
        return 1

    return 0


if __name__ == "__main__":
    sys.exit(main())
