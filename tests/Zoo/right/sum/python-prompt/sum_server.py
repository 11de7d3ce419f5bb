# Made for people at a terminal: a prompt greets each client, and the first reply comes on the same line.
import socket
import sys
import threading

PROMPT = b"Enter two numbers: "


def to_units(word):
    """A number in units of 10^-20, exactly."""
    whole, point, fraction = word.partition(".")
    if point and not (fraction.isdigit() and len(fraction) <= 20):
        raise ValueError(word)
    return int(whole + fraction.ljust(20, "0"))


def add(line):
    try:
        first, second = line.decode("ascii").split()
        total = to_units(first) + to_units(second)
    except ValueError:
        return "please enter two numbers"
    sign = "-" if total < 0 else ""
    whole, fraction = divmod(abs(total), 10**20)
    return f"{sign}{whole}.{fraction:020d}".rstrip("0").rstrip(".")


def serve(conn):
    with conn, conn.makefile("rb") as lines:
        try:
            conn.sendall(PROMPT)
            for line in lines:
                conn.sendall(add(line).encode() + b"\n")
        except OSError:
            pass


server = socket.create_server(("", int(sys.argv[1])), backlog=256)
try:
    while True:
        conn, _ = server.accept()
        threading.Thread(target=serve, args=(conn,), daemon=True).start()
except KeyboardInterrupt:
    pass
