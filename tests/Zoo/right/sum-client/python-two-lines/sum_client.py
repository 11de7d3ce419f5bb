"""Sends each number in a line of its own, and reads a line."""

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
    with socket.create_connection(("127.0.0.1", 50000), timeout=10) as server, server.makefile("rw") as lines:
        lines.write(sys.argv[1] + "\n" + sys.argv[2] + "\n")
        lines.flush()
        reply = lines.readline()
except OSError as error:
    sys.exit(f"no reply: {error}")

if not reply.endswith("\n"):
    sys.exit(f"the server closed too early, after {reply!r}")
print(f"{sys.argv[1]} + {sys.argv[2]} = {reply.strip()}")
