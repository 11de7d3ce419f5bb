import socket
import sys


if len(sys.argv) != 3:
    sys.exit("usage: sum_client.py A B")
for word in sys.argv[1:]:
    try:
        float(word)
    except ValueError:
        sys.exit(f"{word} is no number")
try:
    server = socket.create_connection(("127.0.0.1", 50000), timeout=10)
except OSError as error:
    sys.exit(f"cannot connect: {error}")
with server, server.makefile("rb") as lines:
    server.sendall(f"{int(sys.argv[1])} {int(sys.argv[2])}\n".encode())
    line = lines.readline().decode()
if not line.endswith("\n"):
    sys.exit(f"incomplete: {line!r}")
print("Sum:", line.strip())
