# Usage: python3 sum_client.py <a> <b> [port] [host]
import socket
import sys

request = sys.argv[1] + " " + sys.argv[2] + "\n"
port = int(sys.argv[3]) if len(sys.argv) > 3 else 7008
host = sys.argv[4] if len(sys.argv) > 4 else "localhost"

try:
    s = socket.create_connection((host, port))
except OSError as e:
    print("could not connect:", e, file=sys.stderr)
    sys.exit(1)

s.sendall(request.encode())
print(s.makefile().readline(), end="")
s.close()
