# One thread and select: each client has a buffer of its own for the line that is not yet whole.
import selectors
import socket
import sys
from decimal import Context, Decimal, InvalidOperation

LONGEST = 10_000
exact = Context(prec=LONGEST)

selector = selectors.DefaultSelector()


def answer(line):
    try:
        first, second = line.decode("ascii").split()
        total = exact.add(Decimal(first), Decimal(second))
        if total.is_finite():
            return f"{total:f}"
    except (ValueError, InvalidOperation):
        pass
    return "error 400: bad request"


def hang_up(client):
    selector.unregister(client)
    client.close()


def receive(client, buffer):
    try:
        data = client.recv(4096)
        buffer += data
        while b"\n" in buffer:
            line, _, rest = bytes(buffer).partition(b"\n")
            buffer[:] = rest
            client.sendall(answer(line).encode() + b"\r\n")
    except OSError:
        data = b""
    if not data or len(buffer) > LONGEST:
        hang_up(client)


with socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=256) as listener:
    selector.register(listener, selectors.EVENT_READ)
    try:
        while True:
            for key, _ in selector.select():
                if key.fileobj is listener:
                    client, _ = listener.accept()
                    selector.register(client, selectors.EVENT_READ, bytearray())
                else:
                    receive(key.fileobj, key.data)
    except KeyboardInterrupt:
        pass
