import socket
import sys

with socket.create_connection(("localhost", 9999)) as server, server.makefile("rw") as lines:
    lines.write(sys.argv[1] + "\n")
    lines.flush()
    print(lines.readline(), end="")
