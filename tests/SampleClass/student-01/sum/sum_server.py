# Sum server, one thread for each client
import re
import socket
import sys
import threading
from fractions import Fraction

NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
LONGEST_LINE = 10000


def answer(line):
    words = line.split()
    if len(words) != 2:
        return "error: expected two numbers"
    for word in words:
        if not NUMBER.fullmatch(word):
            return "error: not a number"
    if "." not in line and len(line) < 4000:
        return str(int(words[0]) + int(words[1]))
    if len(line) > 100:
        return "error: too many digits"
    # fractions are exact, 0.1 + 0.2 is 0.3
    return str(float(Fraction(words[0]) + Fraction(words[1])))


def handle_client(conn, addr):
    try:
        # latin-1 can decode all bytes
        file = conn.makefile("r", encoding="latin-1", newline="\n")
        while True:
            line = file.readline(LONGEST_LINE)
            if not line.endswith("\n"):
                break  # client is finished, or the line is too long
            conn.sendall(answer(line).encode() + b"\n")
        file.close()
    except OSError as e:
        print("lost client", addr, e)
    finally:
        conn.close()


def main():
    if len(sys.argv) != 2:
        print("Usage: python3 sum_server.py <port>")
        sys.exit(1)
    port = int(sys.argv[1])

    server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("", port))
    server.listen(256)
    print("listening on port", port)

    try:
        while True:
            conn, addr = server.accept()
            t = threading.Thread(target=handle_client, args=(conn, addr), daemon=True)
            t.start()
    except KeyboardInterrupt:
        print("bye")
    finally:
        server.close()


main()
