"""Sum client: sends two numbers to a sum server and prints its reply.

Usage: python3 sum_client.py A B [PORT [HOST]]        (default: port 50000 on localhost)
"""

import os
import re
import socket
import sys

DEFAULT_PORT = 50000
DEFAULT_HOST = "localhost"
TIMEOUT_SECONDS = 10
NUMBER = re.compile(rb"[+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)")


def ask(first, second, host, port):
    """Sends one request and returns the line that the server answers."""
    with socket.create_connection((host, port), timeout=TIMEOUT_SECONDS) as server:
        server.sendall(first + b" " + second + b"\n")
        # The reply is a line: it may come in pieces, and the server need not close after it.
        with server.makefile("rb") as replies:
            return replies.readline()


def main():
    if not 3 <= len(sys.argv) <= 5:
        print("usage: sum_client.py A B [PORT [HOST]]", file=sys.stderr)
        return 2

    first, second = (os.fsencode(argument) for argument in sys.argv[1:3])
    for argument in (first, second):
        if not NUMBER.fullmatch(argument):
            print(f"sum_client: {os.fsdecode(argument)} is no number", file=sys.stderr)
            return 2

    port = int(sys.argv[3]) if len(sys.argv) > 3 else DEFAULT_PORT
    host = sys.argv[4] if len(sys.argv) > 4 else DEFAULT_HOST

    try:
        reply = ask(first, second, host, port)
    except OSError as error:
        print(f"sum_client: no reply from {host}:{port}: {error.strerror or error}", file=sys.stderr)
        return 1

    if not reply.endswith(b"\n"):
        print(f"sum_client: {host}:{port} closed the connection before its reply was whole", file=sys.stderr)
        return 1

    sys.stdout.buffer.write(reply)
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
