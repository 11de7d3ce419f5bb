"""Sum server: answers every line of two numbers with a line that holds their sum.

Usage: python3 sum_server.py [PORT]        (default port: 50000)
"""

import decimal
import re
import socket
import sys
import threading

HOST = "127.0.0.1"
DEFAULT_PORT = 50000
LONGEST_LINE = 64 * 1024

# Numbers are read as they are written: a float would lose digits of long ones. [0-9], since \d takes Arabic digits too.
NUMBER = re.compile(rb"[+-]?[0-9]+(\.[0-9]+)?")
EXACT = decimal.Context(prec=LONGEST_LINE)


def answer(line):
    """The reply to one request, without its newline."""
    words = line.split()
    if len(words) != 2 or not all(NUMBER.fullmatch(word) for word in words):
        return "error: two numbers are needed, separated by blanks"
    first, second = (decimal.Decimal(word.decode("ascii")) for word in words)
    return f"{EXACT.add(first, second):f}"


def serve(client):
    """Answers one client's requests until it has no more."""
    # The buffered reader keeps what has come until a line is whole, however TCP has cut the stream.
    with client, client.makefile("rb") as requests:
        try:
            while line := requests.readline(LONGEST_LINE):
                if not line.endswith(b"\n"):
                    # Too long, or cut off by the end of the connection: where the next request starts is unknown.
                    client.sendall(b"error: a request ends with a newline\n")
                    break
                client.sendall(answer(line).encode("ascii") + b"\n")
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
            threading.Thread(target=serve, args=(client,), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        # Ctrl+C is how this server is meant to end.
        pass
